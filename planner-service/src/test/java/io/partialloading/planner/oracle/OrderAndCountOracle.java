// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The optimum by trying every order of every subset of the models with every count of each model's
 * cheapest users, a model's users in consecutive batches as they take least. Assumes Theorem 2, so
 * a transfer profile that is subadditive, but not how users fall into batches; {@link
 * BatchSequenceOracle} assumes neither. For up to five models and nine users, or twelve of one.
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
   * Entry k is the least time to serve the k cheapest of some users of a model, over all partitions
   * of them into batches. Ends where no batch is lawful.
   */
  private long[] leastTimes(int model, int users) {
    int[] cheapestFirst =
        IntStream.range(0, problem.userCount())
            .filter(user -> (users & (1 << user)) != 0)
            .boxed()
            .sorted(Comparator.comparingLong(problem::unitUpload))
            .mapToInt(user -> user)
            .toArray();
    if (!problem.fits(model, Integer.lowestOneBit(users))) {
      return new long[1];
    }
    long[] serve = new long[1 << cheapestFirst.length]; // by set of places in cheapestFirst
    long[] least = new long[serve.length];
    for (int places = 1; places < serve.length; places++) {
      serve[places] =
          problem.fits(model, usersAt(places, cheapestFirst))
              ? problem.serve(model, usersAt(places, cheapestFirst))
              : Long.MAX_VALUE / 2;
      least[places] = serve[places];
      int first = Integer.lowestOneBit(places);
      for (int rest = (places - 1) & places; rest > 0; rest = (rest - 1) & places) {
        if ((rest & first) == 0) {
          least[places] = Math.min(least[places], serve[places ^ rest] + least[rest]);
        }
      }
    }
    long[] leastByCount = new long[cheapestFirst.length + 1];
    Arrays.setAll(leastByCount, count -> least[(1 << count) - 1]);
    return leastByCount;
  }

  private static int usersAt(int places, int[] cheapestFirst) {
    int users = 0;
    for (int place = 0; place < cheapestFirst.length; place++) {
      users |= (places & (1 << place)) != 0 ? 1 << cheapestFirst[place] : 0;
    }
    return users;
  }
}
