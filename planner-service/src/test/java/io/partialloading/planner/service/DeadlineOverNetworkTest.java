// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.DistantPlanner;
import io.partialloading.planner.fixture.FieldRequests;
import io.partialloading.planner.v1.PlanRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls over a network that a search would keep beyond their deadline. On a busy machine some are
 * late whatever the planner does, so ten in a row are enough that are in time; with nothing kept
 * back for the network there are none. On a machine that does nothing else a hundred in a row are:
 * {@code -Dcalls.in.time=100}; BENCHMARKS.md has the figures.
 */
@Tag("socket")
class DeadlineOverNetworkTest {
  private static final int IN_ROW = Integer.getInteger("calls.in.time", 10);
  private static final int MOST_CALLS = 4_000;

  private final PlanRequest request = FieldRequests.named("cut-short-by-deadline");
  private final Map<Status.Code, Integer> ends = new EnumMap<>(Status.Code.class);

  @ParameterizedTest
  @CsvSource({"1, 20", "3, 30"})
  void search_thatTheDeadlineCutsShort_isAnsweredInTime(int delay, int deadline) throws Exception {
    try (DistantPlanner planner = new DistantPlanner(Duration.ofMillis(delay))) {
      int inRow = 0;
      for (int call = 0; call < MOST_CALLS && inRow < IN_ROW; call++) {
        boolean isInTime = end(planner, Duration.ofMillis(deadline)) == Status.Code.OK;
        inRow = isInTime ? inRow + 1 : 0;
      }
      assertEquals(IN_ROW, inRow, ends::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "1, 3", "3, 8"})
  void call_thatIsTooLate_isNeverCancelled(int delay, int deadline) throws Exception {
    try (DistantPlanner planner = new DistantPlanner(Duration.ofMillis(delay))) {
      for (int call = 0; call < 200; call++) {
        end(planner, Duration.ofMillis(deadline));
      }
    }
    ends.keySet().forEach(code -> assertTrue(code != Status.Code.CANCELLED, ends::toString));
  }

  private Status.Code end(DistantPlanner planner, Duration deadline) {
    Status.Code code = Status.Code.OK;
    try {
      planner.plan(request, deadline);
    } catch (StatusRuntimeException e) {
      code = e.getStatus().getCode();
    }
    ends.merge(code, 1, Integer::sum);
    return code;
  }
}
