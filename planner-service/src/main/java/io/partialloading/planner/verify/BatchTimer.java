// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.verify.RequestIndex.Uplink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out what each batch must load and how long it takes, batch by batch in the order of the
 * schedule. Between batches it remembers which blocks are on the GPU: those of the last batch's
 * model (the set difference in equation (8)), at the start the resident ones.
 */
final class BatchTimer {
  private final RequestIndex index;
  private final Timing timing;
  private final boolean parameterSharing;
  private Set<Integer> onGpu;
  private @Nullable String loadedModelId;

  BatchTimer(PlanRequest request, RequestIndex index, Timing timing) {
    this.index = index;
    this.timing = timing;
    this.parameterSharing = !request.getOptions().getIgnoreParameterSharing();
    this.onGpu = index.set(request.getEdgeServer().getResidentBlockIdsList());
  }

  /** What the next batch of the schedule must be. */
  RequiredBatch next(Batch batch) {
    Model model = index.model(batch.getModelId());
    List<Integer> loadBlocks = new ArrayList<>();
    long loadBytes = 0;
    long reusedBytes = 0;
    if (model != null) {
      // Without sharing a model finds on the GPU only itself, left by the batch before.
      boolean reuses = parameterSharing || batch.getModelId().equals(loadedModelId);
      for (int block : model.getBlockIdsList()) {
        if (reuses && onGpu.contains(block)) {
          reusedBytes = Math.addExact(reusedBytes, index.bytes(block));
        } else {
          loadBlocks.add(block);
          loadBytes = Math.addExact(loadBytes, index.bytes(block));
        }
      }
    }
    if (!batch.getModelId().equals(loadedModelId)) {
      loadedModelId = batch.getModelId();
      onGpu = model == null ? Set.of() : index.set(model.getBlockIdsList());
    }

    boolean uploadKnown = true;
    BigInteger leastUpload = BigInteger.ZERO;
    BigInteger upload = BigInteger.ZERO;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      Uplink uplink = index.uplink(grant.getUserId());
      if (uplink != null && !uplink.uploads()) {
        continue; // whatever its share, it is done at once
      }
      if (uplink == null || !timing.canUpload(uplink.channel(), grant)) {
        uploadKnown = false;
        continue;
      }
      long bytes = uplink.user().getUploadBytes();
      leastUpload = leastUpload.max(timing.leastUpload(uplink.channel(), bytes, grant));
      upload = upload.max(timing.upload(uplink.channel(), bytes, grant));
    }
    return new RequiredBatch(
        model != null,
        loadBlocks,
        loadBytes,
        reusedBytes,
        uploadKnown,
        leastUpload,
        upload,
        timing.load(loadBytes),
        model != null && timing.profile(model).computeIsKnown(batch.getGrantsCount()),
        model == null ? BigInteger.ZERO : timing.compute(model, batch.getGrantsCount()));
  }
}
