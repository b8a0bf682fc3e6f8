// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Everything that decides a setting's numbers. Under equal conditions they need not be measured
 * again.
 *
 * @param seed the evaluation's seed
 * @param realisations number of realisations of the setting
 * @param constants digest of the constants' text
 * @param program version of the program, with a digest of it where it has one
 * @param planner which planner was asked
 */
record Conditions(long seed, int realisations, String constants, String program, String planner) {
  Conditions {
    // A damaged file may lack any of them.
    Objects.requireNonNull(constants);
    Objects.requireNonNull(program);
    Objects.requireNonNull(planner);
  }

  /** What is not the same, in words. */
  List<String> differencesFrom(Conditions other) {
    List<String> differences = new ArrayList<>();
    note(differences, seed == other.seed, "another seed");
    note(differences, realisations == other.realisations, "another number of realisations");
    note(differences, constants.equals(other.constants), "other constants");
    note(differences, program.equals(other.program), "another version of the program");
    note(differences, planner.equals(other.planner), "another planner");
    return differences;
  }

  private static void note(List<String> differences, boolean isSame, String difference) {
    if (!isSame) {
      differences.add(difference);
    }
  }
}
