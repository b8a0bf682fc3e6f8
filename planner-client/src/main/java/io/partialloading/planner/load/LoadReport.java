// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What became of the calls of a load, those of its warm-up left out. Histograms are of nanoseconds
 * from when calls were due, and not to be modified.
 *
 * @param load what was asked
 * @param began when the warm-up was over and calls began to count
 * @param due calls that were due, made or not
 * @param notMade calls not made, for too many were under way
 * @param unanswered calls that had neither been answered nor failed when the run ended
 * @param codes how many calls ended with each status code
 * @param messages what the first call said that ended with a status code but OK
 * @param answered latency of the calls with an answer
 * @param refused latency of the calls that the server had no room for (RESOURCE_EXHAUSTED)
 * @param failed latency of the calls that ended otherwise
 * @param lateness how late calls were made: what the client itself adds to every latency
 * @param servers which calls each server answered
 * @param seconds what became of the calls due in each second
 */
public record LoadReport(
    Load load,
    Instant began,
    long due,
    long notMade,
    long unanswered,
    Map<Status.Code, Long> codes,
    Map<Status.Code, String> messages,
    Histogram answered,
    Histogram refused,
    Histogram failed,
    Histogram lateness,
    Map<String, ServerShare> servers,
    List<Second> seconds) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What became of the calls that were due in one second.
   *
   * @param due calls due, made or not
   * @param answered those with an answer
   * @param refused those that the server had no room for
   * @param failed those that ended otherwise or were not made
   * @param latency of those with an answer
   */
  public record Second(long due, long answered, long refused, long failed, Latency latency) {}

  /**
   * The calls that one server answered.
   *
   * @param calls how many, at least 1
   * @param lastSecond in which second the last of them was due, from 0
   */
  public record ServerShare(long calls, int lastSecond) {
    ServerShare plus(ServerShare other) {
      return new ServerShare(calls + other.calls, Math.max(lastSecond, other.lastSecond));
    }
  }

  /** Whether every call that was due was answered. */
  public boolean allAnswered() {
    return answered.getTotalCount() == due;
  }

  /** Calls with an answer for each second of the load. */
  public double goodput() {
    return answered.getTotalCount() * NANOS_PER_SECOND / load.duration().toNanos();
  }

  /**
   * Whether this share of all calls that were due, 0 to 1, was answered within a time. Calls
   * without an answer count as endlessly late. Without calls nothing holds.
   */
  public boolean answeredWithin(Duration bound, double share) {
    long inTime = answered.getCountBetweenValues(0, bound.toNanos());
    return due > 0 && inTime >= share * due;
  }
}
