// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import java.util.List;
import java.util.stream.Stream;

/** Figures for tests. */
final class TestFigures {
  static final Curve ADAPTIVE = curve("adaptive", Algorithm.ALGORITHM_ADAPTIVE);
  static final Curve GEN = curve("gen", Algorithm.ALGORITHM_PARTIAL_LOADING_GEN);
  static final Curve INDEPENDENT = curve("independent", Algorithm.ALGORITHM_INDEPENDENT_LOADING);

  private TestFigures() {}

  static Curve curve(String id, Algorithm algorithm) {
    return Curve.asking(id, id, PlanOptions.newBuilder().setAlgorithm(algorithm).build());
  }

  static Figure figure(String id, List<Setting> settings, Curve... curves) {
    return new Figure(id, "", "", "x", Figure.Scale.LINEAR, settings, List.of(curves), List.of());
  }

  /** Settings of ten users, whose requests are labelled with the seed. */
  static List<Setting> settings(String... ids) {
    return Stream.of(ids).map(id -> setting(id, 1000, false)).toList();
  }

  static Setting setting(String id, int mostRealisations, boolean timed) {
    return new Setting(id, 1.5, seed -> request(id, seed), mostRealisations, timed);
  }

  private static PlanRequest request(String setting, long seed) {
    PlanRequest.Builder request = PlanRequest.newBuilder().setLabel(setting + " " + seed);
    for (int k = 0; k < 10; k++) {
      request.getUserSnapshotBuilder().addUsers(User.newBuilder().setId("ue-" + k));
    }
    return request.build();
  }
}
