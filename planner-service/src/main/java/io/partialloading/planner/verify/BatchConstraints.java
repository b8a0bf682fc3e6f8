// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BATCH_EXCEEDS_GPU_MEMORY;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_EMPTY_BATCH;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_SUBCHANNELS_EXCEEDED;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_UNKNOWN_MODEL;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_UNKNOWN_USER;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_USER_OUT_OF_REACH;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_USER_SERVED_TWICE;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_WRONG_MODEL;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_WRONG_UPLOAD_RATE;
import static io.partialloading.planner.verify.Violations.quoted;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.UserChannel.QualityCase;
import io.partialloading.planner.verify.RequestIndex.Uplink;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/**
 * Who may be in a batch: users, their shares of the band (3), (5), (10d), (10g), and memory (10c).
 */
final class BatchConstraints {
  /** Relative difference of rates that are the same but for the order of their factors. */
  private static final double RATE_ROUNDING = 1e-6;

  /** In bit/s, less than a bit in a hundred years: rates that nobody can tell from none. */
  private static final double NO_RATE = 1e-10;

  private final RequestIndex index;
  private final Timing timing;
  private final Violations violations;
  private final ShareConstraints shareConstraints;
  private final long subchannels;
  private final Set<String> granted = new HashSet<>();
  private final Set<String> served = new HashSet<>();

  BatchConstraints(PlanRequest request, RequestIndex index, Timing timing, Violations violations) {
    this.index = index;
    this.timing = timing;
    this.violations = violations;
    this.shareConstraints = ShareConstraints.of(request, index, timing.band(), violations);
    this.subchannels = Integer.toUnsignedLong(request.getOptions().getEqualSubchannels());
  }

  /** Judges the batch with index {@code n}; batches come in their order. */
  void check(int n, Batch batch) {
    Model model = index.model(batch.getModelId());
    int size = batch.getGrantsCount();
    if (model == null) {
      violations.addOfBatch(
          VIOLATION_KIND_UNKNOWN_MODEL, n, 0, "no model " + quoted(batch.getModelId()));
    } else {
      checkSize(n, model, size);
    }
    if (size == 0) {
      violations.addOfBatch(VIOLATION_KIND_EMPTY_BATCH, n, 0, "no users");
    }
    int uploads = index.uploadCount(batch);
    if (subchannels > 0 && uploads > subchannels) {
      violations.addOfBatch(
          VIOLATION_KIND_SUBCHANNELS_EXCEEDED,
          n,
          (double) uploads - subchannels,
          "%d users on %d sub-channels".formatted(uploads, subchannels));
    }
    for (BandwidthGrant grant : batch.getGrantsList()) {
      checkUser(n, batch, grant, model != null);
    }
    shareConstraints.check(n, batch);
  }

  private void checkSize(int n, Model model, int size) {
    int largest = timing.profile(model).largestBatch();
    if (size > largest) {
      violations.addOfBatch(
          VIOLATION_KIND_BATCH_EXCEEDS_GPU_MEMORY,
          n,
          (double) size - largest,
          "a batch of %d is %d samples larger than the model's tables or max_batch_size allow"
              .formatted(size, size - largest));
      return;
    }
    long blockBytes = 0;
    for (int block : model.getBlockIdsList()) {
      blockBytes += index.bytes(block);
    }
    BigInteger excess = timing.memoryExcess(model, blockBytes, size);
    if (excess.signum() > 0) {
      violations.addOfBatch(
          VIOLATION_KIND_BATCH_EXCEEDS_GPU_MEMORY,
          n,
          excess.doubleValue(),
          "a batch of %d takes %d bytes more than the GPU has".formatted(size, excess));
    }
  }

  private void checkUser(int n, Batch batch, BandwidthGrant grant, boolean modelKnown) {
    String id = grant.getUserId();
    Uplink uplink = index.uplink(id);
    if (uplink == null) {
      violations.addOfUser(VIOLATION_KIND_UNKNOWN_USER, n, id, 0, "no user " + quoted(id));
      return;
    }
    if (!granted.add(id)) {
      violations.addOfUser(
          VIOLATION_KIND_USER_SERVED_TWICE, n, id, 1, "granted before; 1 time too many");
    }
    String wanted = uplink.user().getModelId();
    if (wanted.equals(batch.getModelId())) {
      served.add(id);
    } else if (modelKnown) {
      violations.addOfUser(
          VIOLATION_KIND_WRONG_MODEL,
          n,
          id,
          0,
          "wants model %s, not %s".formatted(quoted(wanted), quoted(batch.getModelId())));
    }
    if (!uplink.inReach()) {
      boolean isKnown = uplink.channel().getQualityCase() != QualityCase.QUALITY_NOT_SET;
      violations.addOfUser(
          VIOLATION_KIND_USER_OUT_OF_REACH,
          n,
          id,
          0,
          isKnown ? "the channel carries nothing, or too little" : "the channel is not known");
    } else if (isRated(uplink, grant)) {
      checkRate(n, grant, timing.uploadRate(uplink.channel(), grant));
    }
  }

  /** Whether a share is lawful enough for a rate to follow from it. */
  private boolean isRated(Uplink uplink, BandwidthGrant grant) {
    return timing.band().carries(grant) || !uplink.uploads() && timing.band().isNothing(grant);
  }

  private void checkRate(int n, BandwidthGrant grant, double rate) {
    double excess = grant.getUploadRateBps() - rate;
    // Infinity is right only for infinity, the difference of which is not a number.
    if (grant.getUploadRateBps() != rate && !(Math.abs(excess) <= RATE_ROUNDING * rate + NO_RATE)) {
      violations.addOfUser(
          VIOLATION_KIND_WRONG_UPLOAD_RATE,
          n,
          grant.getUserId(),
          Double.isNaN(excess) ? 0 : excess,
          "upload rate stated as %s, is %s bit/s".formatted(grant.getUploadRateBps(), rate));
    }
  }

  /** Number of users served by the batches so far. */
  int servedUserCount() {
    return served.size();
  }
}
