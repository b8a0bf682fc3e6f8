// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.DistantPlanner;
import io.partialloading.planner.fixture.FieldRequests;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many calls are late whose deadline cuts a search short, over a network that delays. Run as
 * BENCHMARKS.md says, on a machine that does nothing else.
 */
public final class DeadlineReport {
  /** The network each way, and the deadline, in ms. */
  private static final int[][] NETWORKS = {{0, 20}, {1, 20}, {3, 30}, {5, 40}};

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 5;
  private static final int CALLS = 100;

  private final PlanRequest request = FieldRequests.named("cut-short-by-deadline");
  private final Map<Status.Code, Integer> others = new EnumMap<>(Status.Code.class);
  private int cutShort;
  private int served = Integer.MAX_VALUE;

  private DeadlineReport() {}

  public static void main(String[] args) throws IOException {
    System.out.println(
        "| each way, ms | deadline, ms | late, by rounds of 100 | cut short | users served | others |");
    System.out.println("|---|---|---|---|---|---|");
    for (int[] network : NETWORKS) {
      new DeadlineReport().measure(network[0], network[1]);
    }
  }

  private void measure(int delay, int deadline) throws IOException {
    List<Integer> late = new ArrayList<>();
    try (DistantPlanner planner = new DistantPlanner(Duration.ofMillis(delay))) {
      late(planner, Duration.ofMillis(deadline), WARM_UP);
      others.clear();
      cutShort = 0;
      served = Integer.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        late.add(late(planner, Duration.ofMillis(deadline), CALLS));
      }
    }
    System.out.printf(
        "| %d | %d | %s | %d of %d | at least %d | %s |%n",
        delay, deadline, late, cutShort, ROUNDS * CALLS, served, others);
  }

  private int late(DistantPlanner planner, Duration deadline, int calls) {
    int late = 0;
    for (int i = 0; i < calls; i++) {
      try {
        PlanResponse plan = planner.plan(request, deadline);
        cutShort += plan.getCutShort() ? 1 : 0;
        served = Math.min(served, plan.getServedUserCount());
      } catch (StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        if (code == Status.Code.DEADLINE_EXCEEDED) {
          late++;
        } else {
          others.merge(code, 1, Integer::sum);
        }
      }
    }
    return late;
  }
}
