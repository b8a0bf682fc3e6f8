// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.NotApplicableException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Independent Loading: what Algorithm 2 plans when every model is loaded whole (Remark 4), the best
 * on the slot grid that a scheme without parameter sharing can do.
 *
 * <p>Sharing is ignored in deciding alone. Models are visited in library order, and where two in
 * succession happen to share blocks, the schedule finds them on the GPU.
 *
 * <p>For T slots and I models, time O(T² I) and space O(T I). It has no plan before its end, so it
 * looks for cancellation alone, not for the time to be up.
 *
 * @param slot Δτ in ns, at least 1; the budget is cut to whole slots
 */
public record IndependentLoading(long slot) implements PaperAlgorithm {
  public IndependentLoading {
    if (slot < 1) {
      throw new IllegalArgumentException("slot = %d ns".formatted(slot));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws NotApplicableException if there are too many slots
   */
  @Override
  public List<Visit> visits(Problem problem, StopSignal stop) {
    // The first model of a cluster is loaded whole, so alone in its cluster every model is.
    int[][] clusters =
        IntStream.range(0, problem.instance().modelCount())
            .mapToObj(model -> new int[] {model})
            .toArray(int[][]::new);
    return SlottedProgram.plan(problem, slot, clusters, stop);
  }
}
