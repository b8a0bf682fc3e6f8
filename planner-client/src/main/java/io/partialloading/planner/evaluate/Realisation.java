// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.List;

/**
 * One request drawn at a setting, planned in every way.
 *
 * @param outcomes of the curves, in their order
 * @param offences what the checks have caught: any number of infeasible schedules, and at most one
 *     of each other kind
 */
record Realisation(List<Outcome> outcomes, List<Offence> offences) {
  Realisation {
    outcomes = List.copyOf(outcomes);
    offences = List.copyOf(offences);
  }
}
