// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import io.partialloading.planner.oracle.RandomRequests.Structure;
import io.partialloading.planner.oracle.Vectors.Vector;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import java.util.ArrayList;
import java.util.List;

/** Small good requests of every kind, for a fuzzer to start from. */
public final class SeedRequests {
  private static final List<Algorithm> SLOTTED =
      List.of(
          Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC,
          Algorithm.ALGORITHM_PARTIAL_LOADING_GEN,
          Algorithm.ALGORITHM_INDEPENDENT_LOADING);

  private SeedRequests() {}

  /** The known cases of at most so many users, and a request for each structure and feature mix. */
  public static List<PlanRequest> ofAtMost(int users) {
    List<PlanRequest> seeds = new ArrayList<>();
    for (Vector vector : Vectors.all()) {
      if (vector.request().getUserSnapshot().getUsersCount() <= users) {
        seeds.add(vector.request());
      }
    }
    for (Structure structure : Structure.values()) {
      for (FeatureMix mix : FeatureMix.values()) {
        int seed = seeds.size();
        PlanRequest request = RandomRequests.of(structure, mix.features(), seed, 5, 8);
        seeds.add(with(request, Algorithm.forNumber(seed % (Algorithm.values().length - 1))));
      }
    }
    return seeds;
  }

  private static PlanRequest with(PlanRequest request, Algorithm algorithm) {
    PlanRequest.Builder builder = request.toBuilder();
    builder.getOptionsBuilder().setAlgorithm(algorithm);
    if (SLOTTED.contains(algorithm)) {
      builder.getOptionsBuilder().getSlotBuilder().setNanos(1_000_000);
    } else if (algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP) {
      builder.getOptionsBuilder().clearIgnoreParameterSharing();
    } else if (algorithm == Algorithm.ALGORITHM_ADAPTIVE) {
      builder.getOptionsBuilder().setSensitivity(true);
    }
    return builder.build();
  }
}
