// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_FRACTION_NOT_OF_PRBS;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_MORE_USERS_THAN_PRBS;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_NO_PRB;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_PRBS_EXCEED_GRID;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_SUBCHANNELS_EXCEEDED;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;

/**
 * Shares of a grid: whole PRBs, at least one for each user with something to upload. Fractions only
 * restate them.
 *
 * @param index tells who has something to upload
 * @param band the grid
 * @param subchannels number of equal sub-channels, one user each; 0 for none
 * @param violations where violations go
 */
record PrbConstraints(RequestIndex index, Band band, long subchannels, Violations violations)
    implements ShareConstraints {
  private static final double FRACTION_ROUNDING = 1e-9;

  @Override
  public void check(int n, Batch batch) {
    int uploads = index.uploadCount(batch);
    if (uploads > band.prbCount()) {
      violations.addOfBatch(
          VIOLATION_KIND_MORE_USERS_THAN_PRBS,
          n,
          (double) uploads - band.prbCount(),
          "%d users on %d PRBs".formatted(uploads, band.prbCount()));
    }
    long sum = 0;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      checkGrant(n, grant);
      sum += Band.prbs(grant);
    }
    if (sum > band.prbCount()) {
      violations.addOfBatch(
          VIOLATION_KIND_PRBS_EXCEED_GRID,
          n,
          (double) sum - band.prbCount(),
          "%d PRBs are granted of %d".formatted(sum, band.prbCount()));
    }
  }

  private void checkGrant(int n, BandwidthGrant grant) {
    long prbs = Band.prbs(grant);
    if (prbs == 0 && index.uploads(grant)) {
      violations.addOfUser(VIOLATION_KIND_NO_PRB, n, grant.getUserId(), 1, "1 PRB too few: none");
    }
    double excess = grant.getBandwidthFraction() - band.fraction(grant);
    if (!(Math.abs(excess) <= FRACTION_ROUNDING)) {
      violations.addOfUser(
          VIOLATION_KIND_FRACTION_NOT_OF_PRBS,
          n,
          grant.getUserId(),
          Double.isNaN(excess) ? 0 : excess,
          "fraction stated as %s, %d of %d PRBs are %s of the band"
              .formatted(
                  grant.getBandwidthFraction(), prbs, band.prbCount(), band.fraction(grant)));
    }
    long subchannel = subchannels > 0 ? band.prbCount() / subchannels : band.prbCount();
    if (subchannels > 0 && prbs > subchannel) {
      violations.addOfUser(
          VIOLATION_KIND_SUBCHANNELS_EXCEEDED,
          n,
          grant.getUserId(),
          (double) prbs - subchannel,
          "%d PRBs are more than the %d of one of %d sub-channels"
              .formatted(prbs, subchannel, subchannels));
    }
  }
}
