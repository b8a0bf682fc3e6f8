// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PrbGrid;

/** The ways to plan that figures compare. The same id is the same way in every figure. */
final class Curves {
  static final Curve ADAPTIVE =
      asking("adaptive", "Adaptive (this planner)", Algorithm.ALGORITHM_ADAPTIVE);
  static final Curve SPEC =
      asking("spec", "PartialLoading Spec", Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC);
  static final Curve GEN =
      asking("gen", "PartialLoading Gen", Algorithm.ALGORITHM_PARTIAL_LOADING_GEN);
  static final Curve INDEPENDENT =
      asking("independent", "Independent Loading", Algorithm.ALGORITHM_INDEPENDENT_LOADING);
  static final Curve MAXIMUM_OVERLAP =
      asking("maximum-overlap", "Maximum Overlap", Algorithm.ALGORITHM_MAXIMUM_OVERLAP);
  static final Curve EXHAUSTIVE =
      asking(
          "exhaustive",
          "Exhaustive search: orders and counts",
          Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH);

  /** PartialLoading Spec with the slot that the setting states. */
  static final Curve SPEC_WITH_SLOT =
      new Curve(
          "spec-slot",
          "PartialLoading Spec with this slot",
          request -> {
            PlanRequest.Builder variant = request.toBuilder();
            variant.getOptionsBuilder().setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC);
            return variant.build();
          });

  /** Sub-carrier spacing of the PRBs, in kHz. */
  static final int SUBCARRIER_SPACING_KHZ = 30;

  /** Bandwidth of a PRB, in Hz: 12 sub-carriers. */
  static final double PRB_HZ = 12 * 1e3 * SUBCARRIER_SPACING_KHZ;

  /** This planner on whole PRBs of the band. */
  static final Curve ADAPTIVE_ON_PRBS =
      new Curve(
          "adaptive-prb",
          "Adaptive, whole PRBs",
          request -> {
            PlanRequest.Builder variant = request.toBuilder().clearOptions();
            double prbs = request.getChannelState().getBandwidthHz() / PRB_HZ;
            variant
                .getChannelStateBuilder()
                .clearBandwidthHz()
                .setPrbGrid(
                    PrbGrid.newBuilder()
                        .setPrbCount((int) Math.round(prbs))
                        .setSubcarrierSpacingKhz(SUBCARRIER_SPACING_KHZ));
            return variant.build();
          });

  private Curves() {}

  /** Equal bandwidth: {@code r} sub-channels, one user each. */
  static Curve equalBandwidth(Curve optimal, Algorithm algorithm, int r) {
    return Curve.asking(
        optimal.id() + "-equal-" + r,
        optimal.name() + ", equal bandwidth, r = " + r,
        PlanOptions.newBuilder().setAlgorithm(algorithm).setEqualSubchannels(r).build());
  }

  private static Curve asking(String id, String name, Algorithm algorithm) {
    return Curve.asking(id, name, PlanOptions.newBuilder().setAlgorithm(algorithm).build());
  }
}
