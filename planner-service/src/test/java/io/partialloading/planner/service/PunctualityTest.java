// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.partialloading.planner.analyze.LibraryAnalysis;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import io.partialloading.planner.verify.ScheduleVerifier;
import io.partialloading.planner.wire.AnalysisWriter;
import io.partialloading.planner.wire.InvalidRequestException;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.ReadLibrary;
import io.partialloading.planner.wire.ReadRequest;
import io.partialloading.planner.wire.RequestReader;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How soon a worker gives its core back when nobody waits any more, whatever it is at, with the
 * largest requests. What is measured is the time its thread runs on a core between two looks at the
 * signal, which does not depend on what else the machine does.
 */
class PunctualityTest {
  /** In ns; a cancelled call is to give its core back within this time. */
  private static final long LARGEST_GAP = 5_000_000;

  /** The first runs are of code that is not compiled yet. */
  private static final int MOST_RUNS = 40;

  /** Runs that are good enough make the rest needless. */
  private static final long GOOD_GAP = 2_500_000;

  /** A run is cancelled after so many ns: some would take minutes. */
  private static final long LONGEST_RUN = 400_000_000;

  private static final int SAMPLES = 6;

  private static final RequestReader READER = new RequestReader(Limits.DEFAULT);

  /** What a worker does with a message. */
  private interface Task<Q extends Message> {
    Object run(Q request, StopSignal stop) throws Exception;
  }

  /** A request with what is done with it, from its bytes on. */
  private record Case<Q extends Message>(String name, byte[] bytes, Q type, Task<Q> task) {
    static <Q extends Message> Case<Q> of(String name, Q request, Task<Q> task) {
      @SuppressWarnings("unchecked") // a message's default instance is of its type
      Q type = (Q) request.getDefaultInstanceForType();
      return new Case<>(name, request.toByteArray(), type, task);
    }

    /** Takes it in, which is not a worker's job. */
    RequestMessage message() {
      return RequestMessage.MARSHALLER.parse(new ByteArrayInputStream(bytes));
    }

    /** Does a worker's job; faults in the request are as good as an answer. */
    void run(RequestMessage message, StopSignal stop) throws Exception {
      try {
        task.run(message.parse(type, PlanningMemory.UNBOUNDED, stop), stop);
      } catch (InvalidRequestException e) {
        FailureStatus.of(Failure.of(e, null, ""));
      } catch (NotApplicableException e) {
        // as good as a plan
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Object verify(VerifyScheduleRequest request, StopSignal stop) {
    READER.check(request, stop);
    VerifyScheduleResponse answer =
        ScheduleVerifier.verify(
            request.getRequest(), request.getSchedule(), stop::throwIfCancelled);
    stop.throwIfCancelled();
    return answer;
  }

  private static Object analyze(AnalyzeLibraryRequest request, StopSignal stop) {
    ReadLibrary library = READER.read(request, stop);
    LibraryAnalysis analysis =
        LibraryAnalysis.of(library.blockBytes(), library.modelBlocks(), stop);
    AnalyzeLibraryResponse answer = AnalysisWriter.write(library, analysis, stop);
    stop.throwIfCancelled();
    return answer;
  }

  private static Object read(StreamPlansRequest request, StopSignal stop) {
    return READER.newSession().read(request.getRequest(), stop);
  }

  private static VerifyScheduleRequest verification(PlanRequest request, boolean listsBlocks) {
    return VerifyScheduleRequest.newBuilder()
        .setRequest(request)
        .setSchedule(LargestRequests.schedule(request, listsBlocks))
        .build();
  }

  private static AnalyzeLibraryRequest analysis(BlockLibrary library) {
    return AnalyzeLibraryRequest.newBuilder().setBlockLibrary(library).build();
  }

  private static StreamPlansRequest snapshot(PlanRequest request) {
    return StreamPlansRequest.newBuilder().setRequest(request).build();
  }

  private static Object plan(PlanRequest request, StopSignal stop) {
    return Planning.plan(READER.read(request, stop), CallTime.of(stop), PlanningMemory.UNBOUNDED);
  }

  private static Case<PlanRequest> planning(String what, PlanRequest request, Algorithm algorithm) {
    PlanRequest.Builder withAlgorithm = request.toBuilder();
    withAlgorithm.getOptionsBuilder().setAlgorithm(algorithm);
    return Case.of(algorithm + ", " + what, withAlgorithm.build(), PunctualityTest::plan);
  }

  static Stream<Case<?>> cases() {
    PlanRequest largest = LargestRequests.request(LargestRequests.MODELS);
    PlanRequest general = LargestRequests.general();
    PlanRequest grid = LargestRequests.grid();
    List<Case<?>> cases = new ArrayList<>();
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm != Algorithm.ALGORITHM_UNSPECIFIED && algorithm != Algorithm.UNRECOGNIZED) {
        cases.add(planning("bottom layers", largest, algorithm));
        cases.add(planning("general", general, algorithm));
        cases.add(planning("one model on PRBs", grid, algorithm));
      }
    }
    cases.addAll(
        List.of(
            Case.of("Plan, all wrong", LargestRequests.faulty(), READER::read),
            Case.of("StreamPlans", snapshot(largest), PunctualityTest::read),
            Case.of("VerifySchedule", verification(largest, false), PunctualityTest::verify),
            Case.of("VerifySchedule, wrong", verification(largest, true), PunctualityTest::verify),
            Case.of(
                "VerifySchedule, two models",
                verification(LargestRequests.twins(), false),
                PunctualityTest::verify),
            Case.of(
                "AnalyzeLibrary", analysis(largest.getBlockLibrary()), PunctualityTest::analyze),
            Case.of(
                "AnalyzeLibrary, general",
                analysis(general.getBlockLibrary()),
                PunctualityTest::analyze)));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void timeBetweenPolls_isShort(Case<?> work) throws Exception {
    long least = Long.MAX_VALUE;
    StringBuilder gaps = new StringBuilder();
    for (int run = 0; run < MOST_RUNS && least > GOOD_GAP; run++) {
      RequestMessage message = work.message();
      GapMeter meter = new GapMeter();
      try {
        work.run(message, meter);
      } catch (CancellationException e) {
        // it has run for long enough
      }
      least = Math.min(least, meter.largestGap());
      gaps.append(" %.2f".formatted(meter.largestGap() / 1e6));
    }
    System.out.println(work + ", ms between polls by run:" + gaps);
    assertTrue(least < LARGEST_GAP, () -> work + ":" + gaps);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cancelledAtAnyPoll_endsAsCancelled(Case<?> work) throws Exception {
    for (long poll = 1; poll <= 30_000; poll *= 30) {
      Stop stop = Stop.cancelledAfter(poll - 1);
      try {
        work.run(work.message(), stop);
        assertTrue(poll > 30, () -> work + " ends before it is cancelled");
      } catch (CancellationException e) {
        assertEquals(poll, stop.polls(), work + " polls again after it was cancelled");
      }
    }
  }

  private static long[] samples(long polls) {
    assertTrue(polls > SAMPLES, () -> polls + " polls");
    return LongStream.rangeClosed(0, SAMPLES).map(i -> 1 + (polls - 1) * i / SAMPLES).toArray();
  }

  @Test
  void sessionOfACancelledReading_goesOnAsIfItHadBeenAllOrNothing() {
    PlanRequest largest = LargestRequests.request(LargestRequests.MODELS);
    PlanRequest first = TestRequests.good().build();
    PlanRequest ofFirst = first.toBuilder().clearBlockLibrary().clearEdgeServer().build();
    PlanRequest ofLargest = largest.toBuilder().clearBlockLibrary().clearEdgeServer().build();
    Stop all = Stop.never();
    ReadRequest whole = READER.read(largest, all);
    int kept = 0;
    for (long poll : samples(all.polls())) {
      RequestReader.Session session = READER.newSession();
      session.read(first, StopSignal.NEVER);
      assertThrows(
          CancellationException.class, () -> session.read(largest, Stop.cancelledAfter(poll - 1)));

      if (keepsLibrary(session, ofFirst)) {
        kept++;
        assertArrayEquals(
            READER.read(first, StopSignal.NEVER).blockIds(),
            session.read(ofFirst, StopSignal.NEVER).blockIds());
      } else {
        PlanRequest rest = ofLargest.toBuilder().setEdgeServer(largest.getEdgeServer()).build();
        assertArrayEquals(whole.blockIds(), session.read(rest, StopSignal.NEVER).blockIds());
      }
    }
    assertTrue(kept > 0 && kept <= SAMPLES, kept + " kept the library before");
  }

  private static boolean keepsLibrary(RequestReader.Session session, PlanRequest snapshot) {
    try {
      session.read(snapshot, StopSignal.NEVER);
      return true;
    } catch (InvalidRequestException otherModels) {
      return false;
    }
  }

  /** Cancelled after a while; measures how long its thread runs between two polls. */
  private static final class GapMeter implements StopSignal {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long start = threads.getCurrentThreadCpuTime();
    private long last = start;
    private long largest;

    /** The largest gap up to the last poll, in ns. */
    long largestGap() {
      return largest;
    }

    @Override
    public boolean isTimeUp() {
      return false;
    }

    @Override
    public boolean isCancelled() {
      long now = threads.getCurrentThreadCpuTime();
      largest = Math.max(largest, now - last);
      last = now;
      return now - start > LONGEST_RUN;
    }
  }
}
