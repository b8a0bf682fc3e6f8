// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.solve.Decomposition.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * The adaptive planner: exact in continuous time where that can be done.
 *
 * <p>Instead of "how many users fit in τ slots" it asks "what is the least time to serve k users".
 * Linked by shared blocks, models fall into components, and a plan may visit each component in one
 * run. Each gets a curve of least times by the {@link Method} its structure and size allow, and the
 * curves add up by (min,+) convolution; the plan serves the most users whose least time is within
 * the budget, and does so in that time.
 *
 * <p>With bounds in place of the searched curves the same sum gives the bound on the users served;
 * a plan that reaches it is optimal.
 */
public final class AdaptivePlanner implements Solver {
  /** Steps of the search, each about two ns: some 20 ms. */
  private static final double DEFAULT_EFFORT = 1e7;

  /**
   * Steps over subsets for one nested component whose rounding matters; beyond, a margin is added
   * to its loads.
   */
  private static final double EXACT_ROUNDING_WORK = 2e6;

  private final List<StartingPoint> startingPoints;
  private final double effort;

  /**
   * A planner that is never worse than the given ones.
   *
   * @param startingPoints planners whose plans the search for large general components starts from
   */
  public AdaptivePlanner(List<StartingPoint> startingPoints) {
    this(startingPoints, 1);
  }

  /**
   * The same with more or less effort for what must be searched.
   *
   * @param relativeEffort 1 for the default, about 20 ms on a server's core of 2026
   */
  public AdaptivePlanner(List<StartingPoint> startingPoints, double relativeEffort) {
    this.startingPoints = List.copyOf(startingPoints);
    this.effort = DEFAULT_EFFORT * relativeEffort;
  }

  @Override
  public Solution solve(Instance instance, StopSignal stop) {
    Problem problem = Problem.of(instance, stop);
    Decomposition decomposition = Decomposition.of(problem, stop);
    stop.reserve(decomposition.tableBytes());
    Found found = solve(decomposition, stop);
    Found bound = found;
    if (!problem.hasExactCurves()) {
      Decomposition optimistic = Decomposition.of(problem.optimistic(), stop);
      stop.reserve(Math.max(0, optimistic.tableBytes() - decomposition.tableBytes()));
      bound = solve(optimistic, stop);
    }
    return new Solution(
        problem.batches(found.visits()),
        bound.upperBound(),
        problem.sharing().structure(),
        problem.isCutShort() || found.isCutShort() || bound.isCutShort());
  }

  /** A plan by counts, and what no other exceeds; either holds if the service curves are exact. */
  private record Found(List<Visit> visits, int upperBound, boolean isCutShort) {}

  private Found solve(Decomposition decomposition, StopSignal stop) {
    if (decomposition.parts().isEmpty()) {
      return new Found(List.of(), 0, false);
    }
    Problem problem = decomposition.problem();
    Instance instance = problem.instance();
    List<LeastTimes> parts = solveOnTrees(decomposition, 0, stop);
    GeneralSolver solver = new GeneralSolver(decomposition, startingPoints, effort, stop);
    List<LeastTimes> general = solver.solve(parts);
    parts.addAll(general);
    LeastTimes all = SumTimes.of(parts, instance.budget(), stop);
    int upperBound = upperBound(instance, all, parts, stop);
    List<Visit> visits = mostVisits(all);
    if (mayExceedBudget(instance, all) && time(problem, visits) > instance.budget()) {
      // The times on block trees fall short of the plan's by a few ns of rounding, and these
      // matter. With the margin they cannot; programs over subsets round every load.
      parts = solveOnTrees(decomposition, LoadTimes.ROUNDING_PER_LOAD, stop);
      parts.addAll(general);
      LeastTimes safe = SumTimes.of(parts, instance.budget(), stop);
      visits = mostVisits(safe);
      if (decomposition.parts().stream().noneMatch(AdaptivePlanner::needsMargin)) {
        upperBound = Math.min(upperBound, upperBound(instance, safe, parts, stop));
      }
    }
    return new Found(visits, upperBound, solver.isCutShort());
  }

  /**
   * The times of the components with block trees.
   *
   * @param loadMargin added to the latency of every load, in ns, unless the component is so small
   *     that a program over its subsets can count every ns
   */
  private static List<LeastTimes> solveOnTrees(
      Decomposition decomposition, long loadMargin, StopSignal stop) {
    NestedComponentSolver solver =
        new NestedComponentSolver(
            decomposition.problem(), decomposition.sharing(), loadMargin, stop);
    List<LeastTimes> solved = new ArrayList<>(decomposition.parts().size());
    for (Part part : decomposition.parts()) {
      if (part.method() == Method.TREE) {
        LeastTimes exact =
            part.models().length == 1 || loadMargin == 0 || needsMargin(part)
                ? null
                : SubsetTimes.solve(decomposition.problem(), part.models(), stop);
        solved.add(exact == null ? solver.solve(part.component()) : exact);
      }
    }
    return solved;
  }

  /** Whether a component's times are safe only with a margin for rounding. */
  private static boolean needsMargin(Part part) {
    return part.models().length > 1
        && part.method() == Method.TREE
        && SubsetTimes.work(part.models().length, part.users()) > EXACT_ROUNDING_WORK;
  }

  private static int upperBound(
      Instance instance, LeastTimes all, List<LeastTimes> parts, StopSignal stop) {
    boolean exact = true;
    List<Curves> bounds = new ArrayList<>(parts.size());
    for (LeastTimes part : parts) {
      exact &= part.bounds() == part.curves();
      bounds.add(part.bounds());
    }
    Curves sum = exact ? all.curves() : Curves.sum(bounds, instance.budget(), stop);
    return sum.maxCount();
  }

  /** Whether the few ns of rounding by which times on block trees fall short may matter. */
  private static boolean mayExceedBudget(Instance instance, LeastTimes all) {
    long time = all.curves().leastTime(all.curves().maxCount());
    return time + LoadTimes.ROUNDING_PER_LOAD * instance.modelCount() > instance.budget();
  }

  /** The plan that serves most users, in the least time. */
  private static List<Visit> mostVisits(LeastTimes all) {
    int count = all.curves().maxCount();
    return all.visits(count, all.curves().isSoonerFirst(count));
  }

  /** Time the visits take by the problem's curves, in ns. */
  private static long time(Problem problem, List<Visit> visits) {
    long time = 0;
    int previous = Machine.START;
    for (Visit visit : visits) {
      time += problem.machine().loadTime(previous, visit.model());
      time += problem.curve(visit.model()).time(visit.count());
      previous = visit.model();
    }
    return time;
  }
}
