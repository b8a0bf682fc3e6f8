// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;

/** Lawful shares of the band: each in its range (10g), together at most the band (5). */
sealed interface ShareConstraints permits FractionConstraints, PrbConstraints {
  /** The constraints of a request's band and its equal sub-channels. */
  static ShareConstraints of(
      PlanRequest request, RequestIndex index, Band band, Violations violations) {
    long subchannels = Integer.toUnsignedLong(request.getOptions().getEqualSubchannels());
    return band.isGrid()
        ? new PrbConstraints(index, band, subchannels, violations)
        : new FractionConstraints(index, subchannels, violations);
  }

  /** Judges the shares of the batch with index {@code n}. */
  void check(int n, Batch batch);
}
