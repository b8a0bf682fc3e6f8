// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import java.util.List;

/**
 * Times found for a large component with arbitrary sharing, as a {@link ComponentSearch} has them.
 */
final class OrderTimes extends LeastTimes {
  private final ComponentSearch search;
  private final Curves bounds;

  OrderTimes(ComponentSearch search, Curves curves, Curves bounds) {
    super(curves);
    this.search = search;
    this.bounds = bounds;
  }

  @Override
  Curves bounds() {
    return bounds;
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    search.addVisits(count, isFirst, visits);
  }
}
