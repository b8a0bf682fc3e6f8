// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import io.partialloading.planner.solve.NotApplicableException;
import java.util.Arrays;
import java.util.List;

/**
 * PartialLoading Spec: the dynamic program over slots for clustered bottom-layer sharing,
 * Algorithms 1 and 2, equations (15)–(21).
 *
 * <p>Applies where the requested models share bottom layers (Definition 2) or nothing; clusters are
 * found, not given. By Corollary 1 a cluster loads its models in ascending number of shared layers;
 * those with as many in library order. The paper claims optimality on the slot grid (Theorem 4),
 * which (19) as printed does not give.
 *
 * <p>For T slots and clusters of I_m models, time O(T² Σ I_m²) and space O(T Σ I_m). It has no plan
 * before its end, so it looks for cancellation alone, not for the time to be up.
 *
 * @param slot Δτ in ns, at least 1; the budget is cut to whole slots
 */
public record PartialLoadingSpec(long slot) implements PaperAlgorithm {
  public PartialLoadingSpec {
    if (slot < 1) {
      throw new IllegalArgumentException("slot = %d ns".formatted(slot));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws NotApplicableException if sharing is nested or general, with the blocks that break
   *     Definition 2, or if there are too many slots
   */
  @Override
  public List<Visit> visits(Problem problem, StopSignal stop) {
    SharingComponents sharing = problem.sharing();
    if (sharing.structure().compareTo(SharingStructure.BOTTOM_LAYER) > 0) {
      throw notBottomLayer(sharing, stop);
    }
    int[][] clusters =
        sharing.components().stream()
            .map(cluster -> loadingOrder(problem, cluster, stop))
            .toArray(int[][]::new);
    return SlottedProgram.plan(problem, slot, clusters, stop);
  }

  private static NotApplicableException notBottomLayer(SharingComponents sharing, StopSignal stop) {
    int[] blocks =
        sharing.components().stream()
            .flatMapToInt(
                cluster -> Arrays.stream(sharing.blocksBreakingBottomLayer(cluster, stop)))
            .sorted()
            .toArray();
    return new NotApplicableException(
        "PartialLoading Spec needs clustered bottom-layer sharing (Definition 2): in every cluster of"
            + " requested models that share blocks, the shared blocks of each model must be its bottom"
            + " layers and a prefix of one common order",
        blocks);
  }

  /** The models of a cluster as Corollary 1 loads them, by the shared layers l_i of each. */
  private static int[] loadingOrder(Problem problem, Component cluster, StopSignal stop) {
    int[] models = cluster.models();
    if (cluster.structure() == SharingStructure.NONE) {
      return models;
    }
    long[] order = new long[models.length];
    for (int i = 0; i < models.length; i++) {
      stop.throwIfCancelled();
      long layers = 0;
      for (int block : problem.instance().model(models[i]).blocks()) {
        layers += problem.sharing().isShared(block) ? 1 : 0;
      }
      order[i] = layers << Integer.SIZE | models[i];
    }
    Arrays.sort(order);
    return Arrays.stream(order).mapToInt(key -> (int) key).toArray();
  }
}
