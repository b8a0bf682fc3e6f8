// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import java.util.List;

/** Times that no plan of a part beats, to be added up as if they were a plan's. */
final class BoundTimes extends LeastTimes {
  BoundTimes(Curves bounds) {
    super(bounds);
  }

  @Override
  void expand(int count, boolean isFirst, List<Visit> visits, List<Share> shares) {
    throw new UnsupportedOperationException("no plan takes these times");
  }
}
