// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The optimum by trying every sequence of batches: each batch any set of users of one model, in any
 * order, models revisited at will. Takes no theorem of the paper for granted but that of optimal
 * bandwidth within a batch, and nothing of transfer profiles. For up to six users.
 */
final class BatchSequenceOracle {
  private final SmallProblem problem;
  private final int[] usersOf;
  private final long[] serve;
  private final boolean[] fits;
  private final Deque<Integer> batches = new ArrayDeque<>();
  private Optimum optimum = Optimum.NONE;
  private List<Integer> best = List.of();

  BatchSequenceOracle(SmallProblem problem) {
    this.problem = problem;
    this.usersOf = new int[problem.modelCount()];
    this.serve = new long[1 << problem.userCount()];
    this.fits = new boolean[1 << problem.userCount()];
    int all = 0;
    for (int model = 0; model < usersOf.length; model++) {
      usersOf[model] = problem.usersOf(model);
      all |= usersOf[model];
      for (int users = usersOf[model]; users > 0; users = (users - 1) & usersOf[model]) {
        fits[users] = problem.fits(model, users);
        serve[users] = fits[users] ? problem.serve(model, users) : 0;
      }
    }
    extend(SmallProblem.START, all, 0);
  }

  private void extend(int previous, int waiting, long time) {
    for (int model = 0; model < usersOf.length; model++) {
      int candidates = usersOf[model] & waiting;
      for (int users = candidates; users > 0; users = (users - 1) & candidates) {
        long completion = time + problem.load(previous, model) + serve[users];
        if (!fits[users] || completion > problem.budget()) {
          continue;
        }
        batches.addLast(users);
        Optimum found = new Optimum(served(), completion);
        if (found.isBetterThan(optimum)) {
          optimum = found;
          best = List.copyOf(batches);
        }
        extend(model, waiting & ~users, completion);
        batches.removeLast();
      }
    }
  }

  private int served() {
    return batches.stream().mapToInt(Integer::bitCount).sum();
  }

  Optimum optimum() {
    return optimum;
  }

  /** The batches of a best plan, each as the set of its users. */
  List<Integer> batches() {
    return best;
  }
}
