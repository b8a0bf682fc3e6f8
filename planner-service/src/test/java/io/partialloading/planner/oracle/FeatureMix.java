// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import io.partialloading.planner.oracle.RandomRequests.Feature;
import io.partialloading.planner.oracle.RandomRequests.Structure;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What requests of a test have beyond the paper's setting. */
enum FeatureMix {
  PAPER,
  GRID(Feature.GRID),
  RADIO(Feature.RADIO),
  TABLES(Feature.TABLES),
  CONCAVE_TRANSFER(Feature.CONCAVE_TRANSFER),
  MARGINS(Feature.MARGINS),
  TABLES_ON_GRID(Feature.GRID, Feature.TABLES),
  ALL_PROVABLE(
      Feature.GRID, Feature.RADIO, Feature.TABLES, Feature.CONCAVE_TRANSFER, Feature.MARGINS),
  /** Loads for which the conditions of the proof need not hold. */
  ANY_TRANSFER(Feature.ANY_TRANSFER),
  ALL_WITH_ANY_TRANSFER(
      Feature.GRID, Feature.RADIO, Feature.TABLES, Feature.ANY_TRANSFER, Feature.MARGINS);

  private final Set<Feature> features;

  FeatureMix(Feature... features) {
    this.features = Set.of(features);
  }

  Set<Feature> features() {
    return features;
  }

  /** Whether plans of a few users can always be proven optimal. */
  boolean isProvable() {
    return !features.contains(Feature.ANY_TRANSFER);
  }

  static Stream<Arguments> withStructures() {
    return Arrays.stream(values())
        .flatMap(
            mix ->
                Arrays.stream(Structure.values()).map(structure -> Arguments.of(structure, mix)));
  }

  static Stream<Arguments> provableWithStructures() {
    return withStructures().filter(arguments -> ((FeatureMix) arguments.get()[1]).isProvable());
  }

  static Stream<Arguments> unprovableWithStructures() {
    return withStructures().filter(arguments -> !((FeatureMix) arguments.get()[1]).isProvable());
  }
}
