// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BLOCK_LISTED_TWICE;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BLOCK_LOADED_NEEDLESSLY;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BLOCK_NOT_LOADED;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_BLOCK_NOT_OF_MODEL;
import static io.partialloading.planner.v1.ViolationKind.VIOLATION_KIND_WRONG_BYTES;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ViolationKind;
import java.util.HashSet;
import java.util.Set;

/** What a batch loads: exactly the blocks of its model that are not on the GPU, in any order. */
final class LoadConstraints {
  private final RequestIndex index;
  private final Violations violations;

  LoadConstraints(RequestIndex index, Violations violations) {
    this.index = index;
    this.violations = violations;
  }

  /** Judges the batch with index {@code n}; not if its model is unknown. */
  void check(int n, Batch batch, RequiredBatch required) {
    Model model = index.model(batch.getModelId());
    if (model == null) {
      return;
    }
    Set<Integer> ofModel = index.set(model.getBlockIdsList());
    Set<Integer> toLoad = index.set(required.loadBlocks());
    Set<Integer> listed = new HashSet<>();
    for (int block : batch.getLoadBlockIdsList()) {
      index.step();
      if (!listed.add(block)) {
        add(VIOLATION_KIND_BLOCK_LISTED_TWICE, n, block, "is listed before");
      } else if (!ofModel.contains(block)) {
        add(VIOLATION_KIND_BLOCK_NOT_OF_MODEL, n, block, "is not in the model");
      } else if (!toLoad.contains(block)) {
        add(VIOLATION_KIND_BLOCK_LOADED_NEEDLESSLY, n, block, "is on the GPU already");
      }
    }
    for (int block : required.loadBlocks()) {
      index.step();
      if (!listed.contains(block)) {
        add(VIOLATION_KIND_BLOCK_NOT_LOADED, n, block, "must be loaded");
      }
    }
    checkBytes(n, "load_bytes", batch.getLoadBytes(), required.loadBytes());
    checkBytes(n, "reused_bytes", batch.getReusedBytes(), required.reusedBytes());
  }

  private void add(ViolationKind kind, int n, int block, String what) {
    long bytes = index.bytes(block);
    violations.addOfBlock(
        kind,
        n,
        block,
        (double) bytes,
        "block %s of %d bytes %s".formatted(Integer.toUnsignedString(block), bytes, what));
  }

  private void checkBytes(int n, String field, long stated, long required) {
    if (stated != required) {
      double excess = Double.parseDouble(Long.toUnsignedString(stated)) - required;
      violations.addOfBatch(
          VIOLATION_KIND_WRONG_BYTES,
          n,
          excess,
          "%s stated as %s, is %d bytes".formatted(field, Long.toUnsignedString(stated), required));
    }
  }
}
