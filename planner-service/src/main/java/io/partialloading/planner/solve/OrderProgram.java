// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/**
 * The best plans along a given order of models: which of them to visit, and how many users to serve
 * at each.
 *
 * <p>State: {@code least[i][k]} is the least time to serve k users by visits of which the i-th
 * model of the order is the last. With {@code reach[i][k]} the least time to have served k users
 * and loaded model i, the least over the first visit's load and every earlier model j of {@code
 * least[j][k] + load(j, i)},
 *
 * <pre>  least[i][k] = min over c ≥ 1 of reach[i][k − c] + service_i(c)  </pre>
 *
 * Time O(n²·K + K²) for n models and K users; where n²·K is beyond measure, only the nearest models
 * of the order before i count as j. Tables are reused from one order to the next; they take 2·n·K
 * longs.
 */
final class OrderProgram {
  /** Steps to spend on predecessors in one run at most; n·K where that is more. */
  private static final double PREDECESSOR_STEPS = 2e6;

  private static final int STEPS_BETWEEN_POLLS = 1 << 16;

  private final PathProblem problem;
  private final StopSignal stop;
  private final int users;
  private final long[][] least;
  private final long[][] reach;
  private final int[] end; // one past the largest count with an entry in least[i]
  private final long[] best;
  private final int[] bestLast;
  private int[] order = {};
  private int window; // how far back in the order predecessors may lie

  OrderProgram(PathProblem problem, StopSignal stop) {
    this.problem = problem;
    this.stop = stop;
    this.users = problem.userCount();
    int models = problem.modelCount();
    this.least = new long[models][];
    this.reach = new long[models][];
    this.end = new int[models];
    this.best = new long[users + 1];
    this.bestLast = new int[users + 1];
  }

  /** About how many table entries a run looks at, for an order of so many models. */
  double stepsOfRun(int length) {
    return (double) users * length * Math.min(windowOf(length), length / 2.0)
        + (double) users * users / 2;
  }

  private int windowOf(int length) {
    return (int) Math.max(1, PREDECESSOR_STEPS / ((double) length * (users + 1)));
  }

  /**
   * Finds the best plans along an order.
   *
   * @param order models, each at most once; kept until the next call
   * @param limit the longest time of interest, in ns
   * @return the least time by count, {@link Instance#NEVER} where it exceeds the limit; entry 0 is
   *     0. Overwritten by the next call
   */
  long[] run(int[] order, long limit) {
    this.order = order;
    this.window = windowOf(order.length);
    Arrays.fill(best, Instance.NEVER);
    best[0] = 0;
    for (int i = 0; i < order.length; i++) {
      stop.throwIfCancelled();
      int model = order[i];
      if (least[i] == null) {
        least[i] = new long[users + 1];
        reach[i] = new long[users + 1];
      }
      long[] reached = reach[i];
      int reachedEnd = 1;
      Arrays.fill(reached, Instance.NEVER);
      reached[0] = problem.start()[model];
      for (int j = Math.max(0, i - window); j < i; j++) {
        long load = problem.between()[order[j]][model];
        long[] before = least[j];
        for (int k = 1; k < end[j]; k++) {
          reached[k] = Math.min(reached[k], before[k] + load);
        }
        reachedEnd = Math.max(reachedEnd, end[j]);
      }
      end[i] = serve(reached, reachedEnd, limit, problem.service()[model], least[i]);
      for (int k = 1; k < end[i]; k++) {
        if (least[i][k] < best[k]) {
          best[k] = least[i][k];
          bestLast[k] = i;
        }
      }
    }
    return best;
  }

  /** Adds the users of one model to {@code reached}; returns the end of {@code served}. */
  private int serve(long[] reached, int reachedEnd, long limit, long[] curve, long[] served) {
    Arrays.fill(served, Instance.NEVER);
    int servedEnd = 0;
    int unpolled = 0;
    for (int k = 0; k < reachedEnd; k++) {
      unpolled += curve.length;
      if (unpolled > STEPS_BETWEEN_POLLS) {
        unpolled = 0;
        stop.throwIfCancelled();
      }
      long allowance = limit - reached[k];
      for (int count = 1; count < curve.length && curve[count] <= allowance; count++) {
        served[k + count] = Math.min(served[k + count], reached[k] + curve[count]);
        servedEnd = Math.max(servedEnd, k + count + 1);
      }
    }
    return servedEnd;
  }

  /** The visits behind the last run's time for {@code count} users, at least 1. */
  Visit[] visits(int count) {
    Visit[] reversed = new Visit[order.length];
    int length = 0;
    int left = count;
    int last = bestLast[count];
    while (left > 0) {
      int model = order[last];
      long time = least[last][left];
      int served = 1;
      while (left < served
          || reach[last][left - served] + problem.service()[model][served] != time) {
        served++;
      }
      reversed[length++] = new Visit(model, served);
      left -= served;
      if (left > 0) {
        long reached = reach[last][left];
        int previous = Math.max(0, last - window);
        while (left >= end[previous]
            || least[previous][left] + problem.between()[order[previous]][model] != reached) {
          previous++;
        }
        last = previous;
      }
    }
    Visit[] visits = new Visit[length];
    for (int i = 0; i < length; i++) {
      visits[i] = reversed[length - 1 - i];
    }
    return visits;
  }
}
