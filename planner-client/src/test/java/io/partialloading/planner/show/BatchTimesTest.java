// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTimesTest {
  private static final Batch BATCH =
      Batch.newBuilder()
          .setStart(Durations.fromNanos(100))
          .setUpload(Durations.fromNanos(30))
          .setLoad(Durations.fromNanos(500))
          .setCompute(Durations.fromNanos(7))
          .setLatestStart(Durations.fromNanos(140))
          .build();

  @Test
  void steps_ofABatch_followEachOther() {
    BatchTimes times = BatchTimes.of(BATCH);
    assertEquals(new BatchTimes.Step(100, 130), times.upload());
    assertEquals(new BatchTimes.Step(130, 630), times.load());
    assertEquals(new BatchTimes.Step(630, 637), times.compute());
    assertEquals(List.of(times.upload(), times.load(), times.compute()), times.steps());
    assertEquals(100, times.start());
    assertEquals(637, times.end());
    assertEquals(500, times.longest());
  }

  @Test
  void slack_isHowFarTheStartMaySlip() {
    BatchTimes times = BatchTimes.of(BATCH);
    assertEquals(40, times.slack());
    assertEquals(140, times.latestStart());
  }

  @Test
  void timesBelowZero_areZero() {
    Duration below = Durations.fromNanos(-5);
    Batch faulty = BATCH.toBuilder().setStart(below).setLoad(below).setLatestStart(below).build();
    BatchTimes times = BatchTimes.of(faulty);
    assertEquals(
        List.of(
            new BatchTimes.Step(0, 30), new BatchTimes.Step(30, 30), new BatchTimes.Step(30, 37)),
        times.steps());
    assertEquals(0, times.latestStart());
  }
}
