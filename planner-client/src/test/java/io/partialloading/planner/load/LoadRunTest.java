// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  /** How far a histogram of three digits may be off, for latencies of up to a second. */
  private static final double PRECISION = SECOND / 1000.0;

  private final ManualClock clock = new ManualClock();
  private final long start = clock.now();

  @Test
  void run_serverStallsForASecond_countsWhatTheCallsBehindWait() throws Exception {
    long stallBegins = start + 5 * SECOND;
    long stallEnds = start + 6 * SECOND;
    LoadReport report =
        run(
            load(100, 0, 10_000),
            (number, answer) -> {
              boolean stalled = clock.now() >= stallBegins && clock.now() < stallEnds;
              answer.over(Status.OK, "a", stalled ? stallEnds : clock.now() + MS);
            });
    // 100 of 1000 calls wait, evenly from 10 ms to 1 s; one at a time, only one would have waited.
    assertEquals(1000, report.due());
    assertLatency(SECOND, report.answered().getMaxValue());
    assertLatency(900 * MS, report.answered().getValueAtPercentile(99));
    assertLatency(500 * MS, report.answered().getValueAtPercentile(95));
    assertLatency(MS, report.answered().getValueAtPercentile(89));
    assertEquals(1e9, (double) report.seconds().get(5).latency().max(), 10 * PRECISION);
    assertEquals(1, report.seconds().get(6).latency().max() / MS);
    assertEquals(0, report.lateness().getMaxValue());
  }

  @Test
  void run_clientStallsForASecond_countsFromWhenCallsWereDue() throws Exception {
    LoadReport report =
        run(
            load(100, 0, 10_000),
            (number, answer) -> {
              if (number == 500) {
                clock.advance(SECOND);
              }
              answer.over(Status.OK, "a", clock.now() + MS);
            });
    assertLatency(901 * MS, report.answered().getValueAtPercentile(99));
    assertLatency(990 * MS, report.lateness().getMaxValue());
  }

  @Test
  void run_warmUp_isMadeAndNotCounted() throws Exception {
    List<Long> made = new ArrayList<>();
    LoadReport report =
        run(
            load(10, 500, 2_000),
            (number, answer) -> {
              made.add(clock.now() - start);
              answer.over(Status.OK, "a", clock.now() + (number < 5 ? SECOND : MS));
            });
    assertEquals(25, made.size());
    assertEquals(2400 * MS, made.get(24));
    assertEquals(20, report.due());
    assertLatency(MS, report.answered().getMaxValue());
    assertEquals(10, report.goodput());
  }

  @Test
  void run_outcomes_areCountedApart() throws Exception {
    LoadReport report =
        run(
            load(10, 0, 1_100),
            (number, answer) -> {
              switch ((int) number) {
                case 0, 1 -> answer.over(Status.RESOURCE_EXHAUSTED, "b", clock.now() + 2 * MS);
                case 2 ->
                    answer.over(
                        Status.UNAVAILABLE.withDescription("gone"), "", clock.now() + 3 * MS);
                default -> answer.over(Status.OK, number == 3 ? "b" : "a", clock.now() + MS);
              }
            });
    assertEquals(
        Map.of(Status.Code.RESOURCE_EXHAUSTED, 2L, Status.Code.UNAVAILABLE, 1L, Status.Code.OK, 8L),
        report.codes());
    assertEquals(
        Map.of("a", new LoadReport.ServerShare(7, 1), "b", new LoadReport.ServerShare(1, 0)),
        report.servers());
    assertLatency(MS, report.answered().getMaxValue());
    assertLatency(2 * MS, report.refused().getMinValue());
    assertLatency(3 * MS, report.failed().getMinValue());
    assertEquals("gone", report.messages().get(Status.Code.UNAVAILABLE));
    assertEquals(8 / 1.1, report.goodput(), 1e-9);
    assertFalse(report.allAnswered());
    LoadReport.Second second = report.seconds().get(0);
    assertEquals(
        List.of(10L, 7L, 2L, 1L),
        List.of(second.due(), second.answered(), second.refused(), second.failed()));
  }

  @Test
  void run_tooManyUnderWay_doesNotMakeMoreCalls() throws Exception {
    List<Caller.Answer> underWay = new ArrayList<>();
    Load load = new Load(ArrivalProcess.UNIFORM, 10, Duration.ZERO, Duration.ofSeconds(1), 3, 1);
    LoadReport report =
        run(
            load,
            (number, answer) -> {
              underWay.add(answer);
              if (number == 2) {
                underWay.remove(0).over(Status.OK, "a", clock.now());
              }
            });
    assertEquals(4, underWay.size() + 1);
    assertEquals(10, report.due());
    assertEquals(6, report.notMade());
    assertEquals(3, report.unanswered());
    assertFalse(report.allAnswered());
  }

  @Test
  void answeredWithin_callsWithoutAnswer_areEndlesslyLate() throws Exception {
    LoadReport report =
        run(
            load(100, 0, 1_000),
            (number, answer) ->
                answer.over(
                    number == 0 ? Status.UNAVAILABLE : Status.OK,
                    "a",
                    clock.now() + (number == 1 ? 20 * MS : MS)));
    assertTrue(report.answeredWithin(Duration.ofMillis(2), 0.98));
    assertFalse(report.answeredWithin(Duration.ofMillis(2), 0.99));
    assertTrue(report.answeredWithin(Duration.ofMillis(21), 0.99));
    assertFalse(report.answeredWithin(Duration.ofHours(1), 1));
  }

  @Test
  void answeredWithin_noCalls_doesNotHold() {
    Histogram none = new Histogram(3);
    LoadReport report =
        new LoadReport(
            load(1, 0, 1),
            Instant.EPOCH,
            0,
            0,
            0,
            Map.of(),
            Map.of(),
            none,
            none,
            none,
            none,
            Map.of(),
            List.of());
    assertFalse(report.answeredWithin(Duration.ofHours(1), 0));
  }

  @Test
  void load_outOfRange_isRefused() {
    Duration second = Duration.ofSeconds(1);
    assertRefused("rate", 0, Duration.ZERO, second, 1);
    assertRefused("rate", Double.NaN, Duration.ZERO, second, 1);
    assertRefused("rate", Double.POSITIVE_INFINITY, Duration.ZERO, second, 1);
    assertRefused("warm-up", 1, second.negated(), second, 1);
    assertRefused("duration", 1, Duration.ZERO, Duration.ZERO, 1);
    assertRefused("duration", 1, Duration.ZERO, Duration.ofHours(2), 1);
    assertRefused("under way", 1, Duration.ZERO, second, 0);
  }

  private static void assertRefused(
      String what, double rate, Duration warmUp, Duration duration, int maxUnderWay) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Load(ArrivalProcess.UNIFORM, rate, warmUp, duration, maxUnderWay, 1));
    assertTrue(String.valueOf(e.getMessage()).contains(what), e::toString);
  }

  private static void assertLatency(long expected, long actual) {
    assertEquals((double) expected, (double) actual, PRECISION);
  }

  private static Load load(double rate, long warmUpMillis, long durationMillis) {
    return new Load(
        ArrivalProcess.UNIFORM,
        rate,
        Duration.ofMillis(warmUpMillis),
        Duration.ofMillis(durationMillis),
        1000,
        1);
  }

  private LoadReport run(Load load, Caller caller) throws InterruptedException {
    return new LoadRun(clock, caller, 0).run(load);
  }
}
