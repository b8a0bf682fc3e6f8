// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/** The least times found so far to serve k users of a component, and the orders that do. */
final class FoundPaths {
  private final OrderProgram program;
  private final long[] least; // by count
  private final int[][] orders; // by count

  FoundPaths(PathProblem problem, StopSignal stop) {
    this.program = new OrderProgram(problem, stop);
    this.least = new long[problem.userCount() + 1];
    this.orders = new int[least.length][];
    Arrays.fill(least, Instance.NEVER);
    least[0] = 0;
  }

  int userCount() {
    return least.length - 1;
  }

  /** The least time found, {@link Instance#NEVER} if none. */
  long time(int count) {
    return least[count];
  }

  /** The models of the path that takes the least time found, and maybe more models. */
  int[] order(int count) {
    return orders[count];
  }

  /** The most users served within a limit, in ns. */
  int served(long limit) {
    int count = least.length - 1;
    while (count > 0 && least[count] > limit) {
      count--;
    }
    return count;
  }

  boolean isBetter(int count, long time) {
    return time < least[count];
  }

  /** Takes a better path over. The order is kept. */
  void put(int count, long time, int[] order) {
    least[count] = time;
    orders[count] = order;
  }

  /**
   * Takes over the best subsequences of an order with their best counts, up to the limit.
   *
   * @return the steps that took
   */
  double addSubsequences(int[] order, long limit) {
    long[] times = program.run(order, limit);
    for (int k = 1; k < times.length; k++) {
      if (times[k] < least[k]) {
        put(k, times[k], order);
      }
    }
    return program.stepsOfRun(order.length);
  }

  /** The least times up to a budget, in ns, with {@code none} for nobody. */
  long[] curve(long none, long budget) {
    long[] curve = Curves.withinBudget(least, none, budget);
    // Serving more is no slower than what was found for fewer.
    for (int k = curve.length - 2; k > 0; k--) {
      curve[k] = Math.min(curve[k], curve[k + 1]);
    }
    return curve;
  }

  /** The visits, by index into the component, behind the curve's time for {@code count} users. */
  Visit[] visits(int count) {
    int behind = count;
    for (int k = count + 1; k < least.length; k++) {
      behind = least[k] < least[behind] ? k : behind;
    }
    program.run(orders[behind], least[behind]);
    return program.visits(behind);
  }
}
