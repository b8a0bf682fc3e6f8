// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/** How the work on a job ended. */
public enum Outcome {
  /** With an answer, be it that the request is wrong. */
  ANSWERED,

  /** With an answer that might have been better, had there been more time. */
  CUT_SHORT,

  /** Without an answer: the caller gave up, or time ran out. */
  UNANSWERED,

  /** Before it began. */
  DROPPED
}
