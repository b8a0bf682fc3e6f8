// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import java.util.List;

/** A model that is loaded already: its service curve. */
final class ModelTimes extends LeastTimes {
  private final int model;

  ModelTimes(Instance instance, int model) {
    super(new Curves(instance.model(model).serviceCurve().times(), null));
    this.model = model;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    visits.add(new Visit(model, count));
  }
}
