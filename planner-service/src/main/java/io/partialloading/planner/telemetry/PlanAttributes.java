// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How plans are told apart. */
final class PlanAttributes {
  private static final AttributeKey<String> ALGORITHM = AttributeKey.stringKey("algorithm");
  private static final AttributeKey<String> STRUCTURE = AttributeKey.stringKey("sharing.structure");
  private static final AttributeKey<String> OPTIMALITY = AttributeKey.stringKey("optimality");

  /** Made once for each kind, of which there are few. */
  private final Map<Kind, Attributes> known = new ConcurrentHashMap<>();

  private record Kind(Algorithm algorithm, SharingStructure structure, Optimality optimality) {}

  /** Algorithm and sharing structure. */
  Attributes of(PlanResponse plan) {
    return of(plan, Optimality.OPTIMALITY_UNSPECIFIED);
  }

  /** The same and optimality. */
  Attributes withOptimality(PlanResponse plan) {
    return of(plan, plan.getOptimality());
  }

  private Attributes of(PlanResponse plan, Optimality optimality) {
    return known.computeIfAbsent(
        new Kind(plan.getAlgorithm(), plan.getSharingStructure(), optimality),
        PlanAttributes::make);
  }

  private static Attributes make(Kind kind) {
    Attributes attributes =
        Attributes.of(ALGORITHM, label(kind.algorithm), STRUCTURE, label(kind.structure));
    return kind.optimality == Optimality.OPTIMALITY_UNSPECIFIED
        ? attributes
        : attributes.toBuilder().put(OPTIMALITY, label(kind.optimality)).build();
  }

  static String label(Algorithm algorithm) {
    return Labels.of(algorithm, "ALGORITHM_");
  }

  static String label(SharingStructure structure) {
    return Labels.of(structure, "SHARING_STRUCTURE_");
  }

  static String label(Optimality optimality) {
    return Labels.of(optimality, "OPTIMALITY_");
  }
}
