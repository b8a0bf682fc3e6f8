// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import java.util.List;

/** A model that is loaded already: its service curve. */
final class ModelTimes extends LeastTimes {
  private final int model;

  ModelTimes(Problem problem, int model) {
    super(new Curves(problem.curve(model).times(), null));
    this.model = model;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    visits.add(new Visit(model, count));
  }
}
