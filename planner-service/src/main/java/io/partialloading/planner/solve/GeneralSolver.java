// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.Visit;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.solve.Decomposition.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Times of the components that are not solved on block trees: exactly over subsets where that was
 * chosen, as long as there is time, and all others together by search.
 */
final class GeneralSolver {
  /** A program over subsets of more steps is preceded by a short search, of so many steps. */
  private static final double LONG_WORK = 2e6;

  private static final double BEGUN_EFFORT = 5e5;

  private final Decomposition decomposition;
  private final Problem problem;
  private final List<StartingPoint> startingPoints;
  private final double effort;
  private final StopSignal stop;
  private final List<List<Visit>> starts = new ArrayList<>();
  private boolean isCutShort;

  GeneralSolver(
      Decomposition decomposition,
      List<StartingPoint> startingPoints,
      double effort,
      StopSignal stop) {
    this.decomposition = decomposition;
    this.problem = decomposition.problem();
    this.startingPoints = startingPoints;
    this.effort = effort;
    this.stop = stop;
  }

  /** Whether time was up before all was done that the effort allows. */
  boolean isCutShort() {
    return isCutShort;
  }

  /**
   * Solves them.
   *
   * @param nested the parts of the plan that are solved already
   */
  List<LeastTimes> solve(List<LeastTimes> nested) {
    List<LeastTimes> solved = new ArrayList<>();
    List<ComponentSearch> searches = new ArrayList<>();
    boolean hasTime = true;
    double steps = 0;
    for (Part part : decomposition.general()) {
      ComponentSearch begun = null;
      LeastTimes times = null;
      boolean isSmall = part.method() == Method.SUBSETS;
      if (isSmall && hasTime && !stop.isTimeUp()) {
        boolean isLong = SubsetTimes.work(part.models().length, part.users()) > LONG_WORK;
        begun = isLong ? begin(part) : null;
        times = SubsetTimes.solve(problem, part.models(), stop);
      } else if (part.method() == Method.GIVEN) {
        times = GivenPlanTimes.of(problem, decomposition.sharing(), part.models(), starts(), stop);
      }
      if (times != null) {
        solved.add(times);
        continue;
      }
      hasTime = false;
      isCutShort |= isSmall;
      if (begun == null) {
        begun = newSearch(part);
        steps += begun.stepsOfStarts();
      }
      searches.add(begun);
    }
    if (!searches.isEmpty()) {
      List<LeastTimes> others = new ArrayList<>(nested);
      others.addAll(solved);
      long budget = problem.instance().budget();
      isCutShort |= new JointSearch(searches, others, budget, effort - steps, stop).run();
      searches.forEach(search -> solved.add(search.times()));
    }
    return solved;
  }

  /** A short search, so that there is something if time is up before a longer program is done. */
  private ComponentSearch begin(Part part) {
    ComponentSearch search = newSearch(part);
    for (boolean isFirst : search.ways()) {
      search.search(isFirst, problem.instance().budget(), BEGUN_EFFORT, stop);
    }
    return search;
  }

  private ComponentSearch newSearch(Part part) {
    boolean isAlone = decomposition.parts().size() == 1;
    ComponentSearch search = new ComponentSearch(problem, part.models(), isAlone, stop);
    starts().forEach(search::add);
    return search;
  }

  /** The plans to start from; at least one, whatever the time. */
  private List<List<Visit>> starts() {
    if (starts.isEmpty()) {
      for (StartingPoint startingPoint : startingPoints) {
        if (starts.isEmpty() || !stop.isTimeUp()) {
          starts.add(startingPoint.visits(problem, stop));
        } else {
          isCutShort = true;
        }
      }
    }
    return starts;
  }
}
