// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

/**
 * How much of a call's deadline is kept back for the network where the request does not say.
 *
 * <p>The server's clock starts when a call arrives and its caller's clock when it was sent, so an
 * answer has to leave before the server's deadline by both ways of the network, and by what a busy
 * machine takes to deliver it. The server knows neither; but who is far away has to set a long
 * deadline, so a share of it is kept back. It is bounded, since the way does not grow with the
 * deadline.
 *
 * @param percent the share in percent, 0 to 100
 * @param most the most that is kept back, in ns, at least 0
 */
public record AnswerReserve(int percent, long most) {
  /** Where client and server are one process: enough to hand over between threads. */
  public static final AnswerReserve LOCAL = new AnswerReserve(10, 2_000_000);

  /** What is kept back of a deadline so far away, in ns. */
  long of(long deadline) {
    return Math.min(Math.max(0, deadline) / 100 * percent, most);
  }
}
