// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import java.util.Arrays;
import java.util.Locale;

/**
 * How far planning goes beyond {@code planning_time_limit}: plans of the hard test vectors whose
 * search would take a hundred times the default effort. Run as BENCHMARKS.md says.
 */
public final class TimeLimitReport {
  private static final int[] LIMITS_MS = {1, 5, 20, 100};
  private static final String[] VECTORS = {"hard-100-25", "hard-103-18"};
  private static final int PLANS = 300;

  private TimeLimitReport() {}

  public static void main(String[] args) {
    RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);
    System.out.println(
        "| request | limit, ms | beyond it, p50 / p99 / max, ms | cut short | users served |");
    System.out.println("|---|---|---|---|---|");
    for (String vector : VECTORS) {
      for (int limit : LIMITS_MS) {
        PlanRequest.Builder request = Vectors.named(vector).request().toBuilder();
        request
            .getOptionsBuilder()
            .setSearchEffort(100)
            .setPlanningTimeLimit(Durations.fromMillis(limit));
        measure(planner, request.build(), limit); // warms up
        System.out.printf(
            "| %s | %d | %s%n", vector, limit, measure(planner, request.build(), limit));
      }
    }
  }

  private static String measure(RequestPlanner planner, PlanRequest request, int limit) {
    double[] beyond = new double[PLANS];
    int cut = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PLANS; i++) {
      PlanResponse response = planner.plan(request, StopSignal.NEVER);
      beyond[i] = Math.max(0, Durations.toNanos(response.getPlanningTime()) / 1e6 - limit);
      cut += response.getCutShort() ? 1 : 0;
      least = Math.min(least, response.getServedUserCount());
    }
    Arrays.sort(beyond);
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f / %.2f | %d of %d | at least %d |",
        beyond[PLANS / 2],
        beyond[PLANS * 99 / 100],
        beyond[PLANS - 1],
        cut,
        PLANS,
        least);
  }
}
