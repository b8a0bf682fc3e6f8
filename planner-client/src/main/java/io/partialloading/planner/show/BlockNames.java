// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** Short descriptions of some of a model's blocks. */
final class BlockNames {
  /** Runs beyond these are only counted; a general library's manifest may have dozens. */
  private static final int MAX_RUNS = 4;

  /** Shorter runs are listed in full: the two ends with dots between would be no shorter. */
  private static final int SHORTEST_ELIDED_RUN = 3;

  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, Model> models = new HashMap<>();

  BlockNames(BlockLibrary library) {
    library.getModelsList().forEach(model -> models.put(model.getId(), model));
    for (ParameterBlock block : library.getBlocksList()) {
      if (!block.getName().isEmpty()) {
        names.put(block.getId(), Text.printable(block.getName()));
      }
    }
  }

  /** The blocks of its model that a batch loads. */
  List<String> loaded(Batch batch) {
    return describe(model(batch), new HashSet<>(batch.getLoadBlockIdsList())::contains);
  }

  /** The blocks of its model that a batch finds on the GPU. */
  List<String> reused(Batch batch) {
    Set<Integer> loaded = new HashSet<>(batch.getLoadBlockIdsList());
    return describe(model(batch), id -> !loaded.contains(id));
  }

  /** Whether a batch finds blocks of its model on the GPU. */
  boolean reusesAny(Batch batch) {
    return new HashSet<>(batch.getLoadBlockIdsList()).size() < model(batch).getBlockIdsCount();
  }

  private Model model(Batch batch) {
    return models.getOrDefault(batch.getModelId(), Model.getDefaultInstance());
  }

  /**
   * The blocks of a model that are selected, bottom to top: runs of neighbouring blocks by their
   * ends and length.
   */
  List<String> describe(Model model, IntPredicate selected) {
    List<Integer> ids = model.getBlockIdsList();
    List<String> description = new ArrayList<>();
    int total = 0;
    int described = 0;
    int runs = 0;
    for (int start = 0; start < ids.size(); ) {
      int end = start;
      while (end < ids.size() && selected.test(ids.get(end))) {
        end++;
      }
      int length = end - start;
      total += length;
      if (length > 0 && runs++ < MAX_RUNS) {
        described += length;
        describeRun(ids.subList(start, end), description);
      }
      start = end + 1;
    }
    if (total == 0) {
      return List.of("nothing");
    }
    if (total == ids.size() && total >= SHORTEST_ELIDED_RUN) {
      return List.of("all " + total + " blocks");
    }
    if (described < total) {
      description.add("and " + (total - described) + " more");
    }
    return description;
  }

  private void describeRun(List<Integer> run, List<String> description) {
    int last = run.size() - 1;
    if (run.size() < SHORTEST_ELIDED_RUN) {
      run.forEach(id -> description.add(name(id)));
    } else {
      description.add(name(run.get(0)) + " .. " + name(run.get(last)) + " (" + run.size() + ")");
    }
  }

  /** What a block is called. */
  String name(int id) {
    return names.getOrDefault(id, "block " + Integer.toUnsignedString(id));
  }
}
