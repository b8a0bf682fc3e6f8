// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.verify.RequestIndex.Uplink;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Pace pace;
  private final boolean parameterSharing;
  private final Set<Integer> residentBlocks;

  /** What loads move; a schedule of few models has few that are not the same. */
  private final Map<Change, Load> loads = new HashMap<>();

  private boolean isFirst = true;

  /** The model of the last batch; null at the start and after one of an unknown model. */
  private @Nullable Model loaded;

  /**
   * One model after another.
   *
   * @param before id of the model on the GPU; null if nothing is on it
   * @param after id of the model to be loaded
   */
  private record Change(@Nullable String before, String after) {}

  /**
   * What a load moves.
   *
   * @param found the blocks that were on the GPU before and that may be used
   * @param blocks the blocks to load, in the model's order
   * @param bytes their size
   * @param reusedBytes size of the model's other blocks
   */
  private record Load(Set<Integer> found, List<Integer> blocks, long bytes, long reusedBytes) {
    static final Load NOTHING = new Load(Set.of(), List.of(), 0, 0);
  }

  BatchTimer(PlanRequest request, RequestIndex index, Timing timing, Pace pace) {
    this.index = index;
    this.timing = timing;
    this.pace = pace;
    this.parameterSharing = !request.getOptions().getIgnoreParameterSharing();
    this.residentBlocks = RequestIndex.set(request.getEdgeServer().getResidentBlockIdsList(), pace);
  }

  /** What the next batch of the schedule must be. */
  RequiredBatch next(Batch batch) {
    Model model = index.model(batch.getModelId());
    Load load = model == null ? Load.NOTHING : load(model);
    loaded = model;
    isFirst = false;

    boolean uploadKnown = true;
    BigInteger leastUpload = BigInteger.ZERO;
    BigInteger upload = BigInteger.ZERO;
    for (BandwidthGrant grant : batch.getGrantsList()) {
      pace.check();
      Uplink uplink = index.uplink(grant.getUserId());
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
        load.found(),
        load.blocks(),
        load.bytes(),
        load.reusedBytes(),
        uploadKnown,
        leastUpload,
        upload,
        timing.load(load.bytes()),
        model != null && new BatchProfile(model).computeIsKnown(batch.getGrantsCount()),
        model == null ? BigInteger.ZERO : timing.compute(model, batch.getGrantsCount()));
  }

  private Load load(Model model) {
    if (isFirst) {
      return load(model, parameterSharing ? residentBlocks : Set.of());
    }
    // Without sharing a model finds on the GPU only itself, left by the batch before.
    Model before = parameterSharing || loaded == model ? loaded : null;
    return loads.computeIfAbsent(
        new Change(before == null ? null : before.getId(), model.getId()),
        change -> load(model, before == null ? Set.of() : index.blocks(before)));
  }

  private Load load(Model model, Set<Integer> found) {
    List<Integer> blocks = new ArrayList<>();
    long bytes = 0;
    long reusedBytes = 0;
    for (Integer block : index.blocks(model)) {
      pace.step();
      if (found.contains(block)) {
        reusedBytes = Math.addExact(reusedBytes, index.bytes(block));
      } else {
        blocks.add(block);
        bytes = Math.addExact(bytes, index.bytes(block));
      }
    }
    return new Load(found, blocks, bytes, reusedBytes);
  }
}
