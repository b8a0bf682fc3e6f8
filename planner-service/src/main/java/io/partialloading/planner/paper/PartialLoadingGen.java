// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import static io.partialloading.planner.machine.Machine.COLD;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.ServiceCurve;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PartialLoading Gen: the greedy heuristic over slots for sharing of any structure, Algorithm 3,
 * equations (22) and (23).
 *
 * <p>Again and again it visits the model, and the count of its users, with the most users per slot
 * after the model before. Ties: fewer slots, then library order. It never returns to a model.
 *
 * <p>A pass looks at every count of every model that is left, with the fewest slots that hold it:
 * more slots for the same count only lower the ratio. For I models with K users and J block
 * references in all, a pass takes O(K + I + J) and the whole O(I (K + I + J)) whatever the number
 * of slots; Theorem 5 counts a single pass. It looks for cancellation alone, not for the time to be
 * up.
 *
 * @param slot Δτ in ns, at least 1; the budget is cut to whole slots
 */
public record PartialLoadingGen(long slot) implements PaperAlgorithm {
  public PartialLoadingGen {
    if (slot < 1) {
      throw new IllegalArgumentException("slot = %d ns".formatted(slot));
    }
  }

  @Override
  public List<Visit> visits(Problem problem, StopSignal stop) {
    List<Visit> visits = new ArrayList<>();
    boolean[] visited = new boolean[problem.instance().modelCount()];
    int previous = COLD;
    long slotsLeft = problem.instance().budget() / slot;
    for (Choice next = choose(problem, stop, previous, visited, slotsLeft);
        next != null;
        next = choose(problem, stop, previous, visited, slotsLeft)) {
      visits.add(new Visit(next.model(), next.count()));
      visited[next.model()] = true;
      previous = next.model();
      slotsLeft -= next.slots();
    }
    return visits;
  }

  /** Line 6 of Algorithm 3; null if no user of a model that is left fits in the slots. */
  private @Nullable Choice choose(
      Problem problem, StopSignal stop, int previous, boolean[] visited, long slotsLeft) {
    Choice best = null;
    for (int model = 0; model < visited.length; model++) {
      stop.throwIfCancelled();
      ServiceCurve curve = problem.curve(model);
      if (visited[model] || curve.maxCount() == 0) {
        continue;
      }
      long load = problem.machine().loadTime(previous, model);
      for (int count = 1; count <= curve.maxCount(); count++) {
        long time = load + curve.time(count);
        long slots = -Math.floorDiv(-time, slot);
        if (slots > slotsLeft) {
          break;
        }
        Choice choice = new Choice(model, count, slots);
        if (best == null || choice.isBetterThan(best)) {
          best = choice;
        }
      }
    }
    return best;
  }

  /**
   * The next model to visit.
   *
   * @param model i
   * @param count k, the users it serves
   * @param slots τ, its slots
   */
  private record Choice(int model, int count, long slots) {
    /** Whether v = k/τ of (22) is larger here, or as large in fewer slots. */
    boolean isBetterThan(Choice other) {
      // k/τ > k'/τ' as k·τ' > k'·τ, in 128 bits: there may be as many slots as nanoseconds.
      int ratio =
          Long.compare(
              Math.multiplyHigh(count, other.slots), Math.multiplyHigh(other.count, slots));
      if (ratio == 0) {
        ratio = Long.compareUnsigned(count * other.slots, other.count * slots);
      }
      return ratio > 0
          || (ratio == 0 && slots < other.slots)
          // Without any time all counts are alike, but for the users.
          || (ratio == 0 && slots == 0 && other.slots == 0 && count > other.count);
    }
  }
}
