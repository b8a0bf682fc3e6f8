// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_FRACTIONS_EXCEED_BAND;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_FRACTION_OUT_OF_RANGE;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_PRBS_WITHOUT_GRID;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_SUBCHANNELS_EXCEEDED;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;

/**
 * Shares of a band in hertz: any fractions, also none for who has nothing to upload.
 *
 * @param index tells who has something to upload
 * @param subchannels number of equal sub-channels, one user each; 0 for none
 * @param violations where violations go
 */
record FractionConstraints(RequestIndex index, long subchannels, Violations violations)
    implements ShareConstraints {
  /** What adding up the fractions of a batch may cost in precision. */
  private static final double SUM_ROUNDING = 1e-9;

  /** What a single fraction may cost. */
  private static final double FRACTION_ROUNDING = 1e-12;

  @Override
  public void check(int n, Batch batch) {
    double sum = 0;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      checkGrant(n, grant);
      double fraction = grant.getBandwidthFraction();
      sum += fraction > 0 && fraction < Double.POSITIVE_INFINITY ? fraction : 0;
    }
    if (sum > 1 + SUM_ROUNDING) {
      violations.addOfBatch(
          VIOLATION_KIND_FRACTIONS_EXCEED_BAND,
          n,
          sum - 1,
          "fractions add to %s of the band".formatted(sum));
    }
  }

  private void checkGrant(int n, BandwidthGrant grant) {
    double fraction = grant.getBandwidthFraction();
    boolean uploads = index.uploads(grant);
    boolean isLeast = fraction > 0 || fraction == 0 && !uploads;
    if (!(isLeast && fraction <= 1 + SUM_ROUNDING)) {
      violations.addOfUser(
          VIOLATION_KIND_FRACTION_OUT_OF_RANGE,
          n,
          grant.getUserId(),
          fraction > 1 ? fraction - 1 : 0,
          "fraction %s of the band is not %s and at most 1"
              .formatted(fraction, uploads ? "above 0" : "at least 0"));
    } else if (subchannels > 0 && fraction > 1.0 / subchannels + FRACTION_ROUNDING) {
      violations.addOfUser(
          VIOLATION_KIND_SUBCHANNELS_EXCEEDED,
          n,
          grant.getUserId(),
          fraction - 1.0 / subchannels,
          "fraction %s of the band is more than one of %d sub-channels"
              .formatted(fraction, subchannels));
    }
    if (grant.getPrbCount() != 0) {
      violations.addOfUser(
          VIOLATION_KIND_PRBS_WITHOUT_GRID,
          n,
          grant.getUserId(),
          Band.prbs(grant),
          "%d PRBs of a band that has no grid".formatted(Band.prbs(grant)));
    }
  }
}
