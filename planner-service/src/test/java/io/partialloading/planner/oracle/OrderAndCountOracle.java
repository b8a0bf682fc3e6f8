package io.partialloading.planner.oracle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimum by trying every order of every subset of the models with every count of each model's
 * cheapest users, a model's users in consecutive batches as they take least. Assumes Theorem 2;
 * {@link BatchSequenceOracle} does not. For up to five models and nine users.
 */
final class OrderAndCountOracle {
  private final SmallProblem problem;
  private final long[][] leastTimes;
  private Optimum optimum = Optimum.NONE;

  OrderAndCountOracle(SmallProblem problem) {
    this.problem = problem;
    this.leastTimes = new long[problem.modelCount()][];
    Arrays.setAll(leastTimes, model -> leastTimes(model, problem.usersOf(model)));
    extend(SmallProblem.START, 0, 0, 0);
  }

  private void extend(int previous, int visited, int served, long time) {
    for (int model = 0; model < leastTimes.length; model++) {
      if ((visited & (1 << model)) != 0) {
        continue;
      }
      for (int count = 1; count < leastTimes[model].length; count++) {
        long completion = time + problem.load(previous, model) + leastTimes[model][count];
        if (completion > problem.budget()) {
          break;
        }
        Optimum found = new Optimum(served + count, completion);
        if (found.isBetterThan(optimum)) {
          optimum = found;
        }
        extend(model, visited | (1 << model), served + count, completion);
      }
    }
  }

  Optimum optimum() {
    return optimum;
  }

  /** The least time to serve exactly a set of users, whatever the budget. All must be in reach. */
  long leastTimeToServe(int users) {
    long[] serve = new long[problem.modelCount()];
    int wanted = 0;
    for (int model = 0; model < serve.length; model++) {
      int own = users & problem.usersOf(model);
      if (own != 0) {
        serve[model] = leastTimes(model, own)[Integer.bitCount(own)];
        wanted |= 1 << model;
      }
    }
    return leastTimeToVisit(SmallProblem.START, wanted, serve);
  }

  private long leastTimeToVisit(int previous, int models, long[] serve) {
    long least = models == 0 ? 0 : Long.MAX_VALUE;
    for (int model = 0; model < serve.length; model++) {
      if ((models & (1 << model)) != 0) {
        long rest = leastTimeToVisit(model, models & ~(1 << model), serve);
        least = Math.min(least, problem.load(previous, model) + serve[model] + rest);
      }
    }
    return least;
  }

  /**
   * Entry k is the least time to serve the k cheapest of some users of a model, over all ways to
   * cut them, by upload time, into batches. Ends where memory allows no batch.
   */
  private long[] leastTimes(int model, int users) {
    List<Integer> cheapestFirst =
        IntStream.range(0, problem.userCount())
            .filter(user -> (users & (1 << user)) != 0)
            .boxed()
            .sorted(Comparator.comparingLong(problem::fullBandUpload))
            .toList();
    if (!problem.fits(model, 1)) {
      return new long[1];
    }
    long[] least = new long[cheapestFirst.size() + 1];
    for (int count = 1; count < least.length; count++) {
      least[count] = Long.MAX_VALUE;
      int batch = 0;
      for (int first = count - 1; first >= 0 && problem.fits(model, count - first); first--) {
        batch |= 1 << cheapestFirst.get(first);
        least[count] = Math.min(least[count], least[first] + problem.serve(model, batch));
      }
    }
    return least;
  }
}
