// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.ServiceCurve;
import io.partialloading.planner.instance.SharingComponents;
import io.partialloading.planner.instance.SharingComponents.Component;
import io.partialloading.planner.instance.SharingStructure;
import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The adaptive planner: exact in continuous time where that can be done.
 *
 * <p>Instead of "how many users fit in τ slots" it asks "what is the least time to serve k users".
 * Linked by shared blocks, models fall into components, and a plan may visit each component in one
 * run. Each gets a curve of least times by the method its structure allows, and the curves add up
 * by (min,+) convolution; the plan serves the most users whose least time is within the budget, and
 * does so in that time.
 *
 * <ul>
 *   <li>No, bottom-layer and nested sharing with affine transfer: {@link NestedComponentSolver},
 *       exact.
 *   <li>Otherwise, small: {@link SubsetTimes}, exact if the transfer profile is subadditive.
 *   <li>Otherwise, large: {@link ComponentSearch}, a search with a bound; beyond all measure {@link
 *       GivenPlanTimes}, no worse than where the search would have started.
 * </ul>
 *
 * With bounds in place of the searched curves the same sum gives the bound on the users served; a
 * plan that reaches it is optimal.
 */
public final class AdaptivePlanner implements Solver {
  /**
   * Steps that exact programs over subsets may take in all, about a third of a nanosecond each:
   * some 25 ms, enough for one component of 17 models and 200 users.
   */
  private static final double SUBSET_WORK = 7e7;

  /** Steps of the search, each about two ns: some 20 ms. */
  private static final double DEFAULT_EFFORT = 1e7;

  /** An exact program of more steps is preceded by a short search, of so many steps. */
  private static final double LONG_WORK = 2e6;

  private static final double BEGUN_EFFORT = 5e5;

  /** The same for one nested component whose rounding matters. */
  private static final double EXACT_ROUNDING_WORK = 2e6;

  /** Users of a model that {@link #plansExactly} reckons with. */
  private static final int USERS_OF_MODEL = 4;

  /** A table of loads between models of eight megabytes. */
  private static final int MAX_SEARCHED_MODELS = 1000;

  /**
   * Models times users: the tables of {@link OrderProgram} take 16 bytes an entry, 64 MB in all.
   */
  private static final long MAX_SEARCH_TABLE = 1L << 22;

  private final List<Solver> startingPoints;
  private final double effort;

  /**
   * A planner that is never worse than the given ones.
   *
   * @param startingPoints planners whose plans the search for large general components starts from
   */
  public AdaptivePlanner(List<Solver> startingPoints) {
    this(startingPoints, 1);
  }

  /**
   * The same with more or less effort for what must be searched.
   *
   * @param relativeEffort 1 for the default, about 20 ms on a server's core of 2026
   */
  public AdaptivePlanner(List<Solver> startingPoints, double relativeEffort) {
    this.startingPoints = List.copyOf(startingPoints);
    this.effort = DEFAULT_EFFORT * relativeEffort;
  }

  /**
   * Which components are solved exactly where transfer times are affine, models have four users on
   * average and there is time; the others are searched.
   *
   * @param components all components of the requested models
   * @return an entry for each component, in their order
   */
  public static boolean[] plansExactly(List<Component> components) {
    List<Component> general = beyondTrees(components, true);
    List<Component> searched =
        general.subList(
            exactCount(general, component -> (long) USERS_OF_MODEL * component.size()),
            general.size());
    boolean[] exact = new boolean[components.size()];
    for (int c = 0; c < exact.length; c++) {
      exact[c] = !searched.contains(components.get(c));
    }
    return exact;
  }

  @Override
  public Solution solve(Instance instance, StopSignal stop) {
    Solution solution = solveWithCurves(instance, stop);
    if (instance.hasExactServiceCurves()) {
      return solution;
    }
    Solution bound = solveWithCurves(instance.optimistic(), stop);
    return new Solution(
        solution.visits(),
        bound.servedUserUpperBound(),
        solution.sharingStructure(),
        solution.isCutShort() || bound.isCutShort());
  }

  /** A plan that is optimal, or its bound valid, if the service curves are exact. */
  private Solution solveWithCurves(Instance instance, StopSignal stop) {
    SharingComponents requested = instance.sharing();
    boolean[] hopeless = hopelessModels(instance);
    SharingComponents sharing = withoutHopelessModels(instance, hopeless, requested);
    List<Component> components = new ArrayList<>();
    for (Component component : sharing.components()) {
      if (!hopeless[component.models()[0]]) {
        components.add(component);
      }
    }
    if (components.isEmpty()) {
      return new Solution(List.of(), 0, requested.structure());
    }
    List<LeastTimes> parts = solveNested(instance, sharing, components, 0, stop);
    General solved = solveGeneral(instance, sharing, components, parts, stop);
    List<LeastTimes> general = solved.parts();
    parts.addAll(general);
    LeastTimes all = SumTimes.of(parts, instance.budget());
    int upperBound = upperBound(instance, all, parts);
    List<Visit> visits = mostVisits(all);
    if (mayExceedBudget(instance, all) && time(instance, visits) > instance.budget()) {
      // The nested programs' times fall short of the plan's by a few ns of rounding, and these
      // matter. With the margin they cannot; programs over subsets round every load.
      parts = solveNested(instance, sharing, components, LoadTimes.ROUNDING_PER_LOAD, stop);
      parts.addAll(general);
      LeastTimes safe = SumTimes.of(parts, instance.budget());
      visits = mostVisits(safe);
      if (components.stream().noneMatch(c -> needsMargin(instance, c))) {
        upperBound = Math.min(upperBound, upperBound(instance, safe, parts));
      }
    }
    return new Solution(visits, upperBound, requested.structure(), solved.isCutShort());
  }

  /**
   * Models of which not even one user can be served, so that no plan visits them. Where loads are
   * not subadditive, a model that is too slow to load alone may still be reached by way of others.
   */
  private static boolean[] hopelessModels(Instance instance) {
    boolean direct = instance.loadTimes().isSubadditive();
    boolean[] hopeless = new boolean[instance.modelCount()];
    for (int model = 0; model < hopeless.length; model++) {
      ServiceCurve service = instance.model(model).serviceCurve();
      hopeless[model] =
          service.maxCount() == 0
              || (direct
                  && instance.loadTime(Instance.START, model)
                      > instance.budget() - service.time(1));
    }
    return hopeless;
  }

  /**
   * The sharing that matters: models that no plan visits would only link components and complicate
   * their structure. Such models are left as components of their own.
   */
  private static SharingComponents withoutHopelessModels(
      Instance instance, boolean[] hopeless, SharingComponents requested) {
    boolean anyHopeless = false;
    for (boolean isHopeless : hopeless) {
      anyHopeless |= isHopeless;
    }
    if (!anyHopeless || !instance.parameterSharing()) {
      return requested;
    }
    int[][] blocks = new int[hopeless.length][];
    Arrays.setAll(blocks, model -> hopeless[model] ? new int[0] : instance.model(model).blocks());
    return SharingComponents.of(instance.blockCount(), blocks);
  }

  private static List<LeastTimes> solveNested(
      Instance instance,
      SharingComponents sharing,
      List<Component> components,
      long loadMargin,
      StopSignal stop) {
    NestedComponentSolver solver = new NestedComponentSolver(instance, sharing, loadMargin, stop);
    List<LeastTimes> parts = new ArrayList<>(components.size());
    for (Component component : components) {
      if (component.size() == 1) {
        parts.add(solver.solveSingle(component.models()[0]));
      } else if (isSolvedOnTree(component, instance.loadTimes().isAffine())) {
        parts.add(solve(instance, component, solver, loadMargin, stop));
      }
    }
    return parts;
  }

  /** A nested component: on its tree, or where every ns counts over subsets if there are few. */
  private static LeastTimes solve(
      Instance instance,
      Component component,
      NestedComponentSolver solver,
      long loadMargin,
      StopSignal stop) {
    if (loadMargin == 0 || needsMargin(instance, component)) {
      return solver.solve(component);
    }
    int[] models = component.models();
    LeastTimes exact =
        SubsetTimes.solve(instance, models, ComponentLoads.of(instance, models, stop), stop);
    return exact == null ? solver.solve(component) : exact;
  }

  /** Whether a component's times are safe only with a margin for rounding. */
  private static boolean needsMargin(Instance instance, Component component) {
    return component.size() > 1
        && isSolvedOnTree(component, instance.loadTimes().isAffine())
        && SubsetTimes.work(component.size(), users(instance, component.models()))
            > EXACT_ROUNDING_WORK;
  }

  /** Whether loads add up along the component's block tree. */
  private static boolean isSolvedOnTree(Component component, boolean affineLoads) {
    return component.structure() != SharingStructure.GENERAL && affineLoads;
  }

  /**
   * The parts that are not solved on block trees, and whether time was up before they were done.
   */
  private record General(List<LeastTimes> parts, boolean isCutShort) {}

  /**
   * Components with general sharing or transfer profiles: smallest first exactly while the work
   * allows, then by search.
   *
   * @param nested the parts that are solved already
   */
  private General solveGeneral(
      Instance instance,
      SharingComponents sharing,
      List<Component> components,
      List<LeastTimes> nested,
      StopSignal stop) {
    List<Component> general = beyondTrees(components, instance.loadTimes().isAffine());
    int exactCount = exactCount(general, component -> users(instance, component.models()));
    List<LeastTimes> solved = new ArrayList<>();
    List<List<Visit>> starts = new ArrayList<>();
    ComponentSearch begun = null;
    while (solved.size() < exactCount && !stop.isTimeUp()) {
      int[] models = general.get(solved.size()).models();
      begun = null;
      if (SubsetTimes.work(models.length, users(instance, models)) > LONG_WORK) {
        // If time is up before the program is done, there is at least this.
        addStarts(instance, starts, stop);
        begun = newSearch(instance, components, models, starts, stop);
        for (boolean isFirst : begun.ways()) {
          begun.search(isFirst, instance.budget(), BEGUN_EFFORT, stop);
        }
      }
      LeastTimes times =
          SubsetTimes.solve(instance, models, ComponentLoads.of(instance, models, stop), stop);
      if (times == null) {
        break;
      }
      begun = null;
      solved.add(times);
    }
    List<Component> rest = general.subList(solved.size(), general.size());
    if (rest.isEmpty()) {
      return new General(solved, false);
    }
    addStarts(instance, starts, stop);
    double steps = 0;
    List<ComponentSearch> searches = new ArrayList<>();
    if (begun != null) {
      searches.add(begun);
    }
    for (Component component : rest.subList(searches.size(), rest.size())) {
      int[] models = component.models();
      if (isTooLargeToSearch(models.length, users(instance, models))) {
        solved.add(GivenPlanTimes.of(instance, sharing, models, starts));
      } else {
        ComponentSearch search = newSearch(instance, components, models, starts, stop);
        steps += search.stepsOfStarts();
        searches.add(search);
      }
    }
    boolean isCutShort = false;
    if (!searches.isEmpty()) {
      List<LeastTimes> others = new ArrayList<>(nested);
      others.addAll(solved);
      isCutShort = new JointSearch(searches, others, instance.budget(), effort - steps, stop).run();
    }
    searches.forEach(search -> solved.add(search.times()));
    return new General(solved, isCutShort);
  }

  /** Adds the plans to start from, if there are none; at least one, whatever the time. */
  private void addStarts(Instance instance, List<List<Visit>> starts, StopSignal stop) {
    if (!starts.isEmpty()) {
      return;
    }
    for (Solver startingPoint : startingPoints) {
      if (starts.isEmpty() || !stop.isTimeUp()) {
        starts.add(startingPoint.solve(instance, stop).visits());
      }
    }
  }

  private static ComponentSearch newSearch(
      Instance instance,
      List<Component> components,
      int[] models,
      List<List<Visit>> starts,
      StopSignal stop) {
    ComponentSearch search =
        new ComponentSearch(
            instance, models, ComponentLoads.of(instance, models, stop), components.size() == 1);
    starts.forEach(search::add);
    return search;
  }

  static boolean isTooLargeToSearch(long models, long users) {
    return models > MAX_SEARCHED_MODELS || models * users > MAX_SEARCH_TABLE;
  }

  /** Number of users of some models that fit in the budget, each model alone. */
  private static long users(Instance instance, int[] models) {
    long users = 0;
    for (int model : models) {
      users += instance.model(model).serviceCurve().maxCount();
    }
    return users;
  }

  /** The components of several models that cannot be solved on their block trees, by size. */
  private static List<Component> beyondTrees(List<Component> components, boolean affineLoads) {
    List<Component> general = new ArrayList<>();
    for (Component component : components) {
      if (component.size() > 1 && !isSolvedOnTree(component, affineLoads)) {
        general.add(component);
      }
    }
    general.sort(Comparator.comparingInt(Component::size));
    return general;
  }

  /** How many of these components, from the smallest on, the work allows to solve exactly. */
  private static int exactCount(List<Component> bySize, ToLongFunction<Component> users) {
    double work = 0;
    int count = 0;
    while (count < bySize.size()) {
      Component component = bySize.get(count);
      work += SubsetTimes.work(component.size(), users.applyAsLong(component));
      if (work > SUBSET_WORK) {
        break;
      }
      count++;
    }
    return count;
  }

  private static int upperBound(Instance instance, LeastTimes all, List<LeastTimes> parts) {
    boolean exact = true;
    List<Curves> bounds = new ArrayList<>(parts.size());
    for (LeastTimes part : parts) {
      exact &= part.bounds() == part.curves();
      bounds.add(part.bounds());
    }
    return exact ? all.curves().maxCount() : Curves.sum(bounds, instance.budget()).maxCount();
  }

  /** Whether the few ns of rounding by which the nested programs' times fall short may matter. */
  private static boolean mayExceedBudget(Instance instance, LeastTimes all) {
    long time = all.curves().leastTime(all.curves().maxCount());
    return time + LoadTimes.ROUNDING_PER_LOAD * instance.modelCount() > instance.budget();
  }

  /** The plan that serves most users, in the least time. */
  private static List<Visit> mostVisits(LeastTimes all) {
    int count = all.curves().maxCount();
    return all.visits(count, all.curves().isSoonerFirst(count));
  }

  /** Time the visits take, in ns. */
  private static long time(Instance instance, List<Visit> visits) {
    long time = 0;
    int previous = Instance.START;
    for (Visit visit : visits) {
      time += instance.loadTime(previous, visit.model());
      time += instance.model(visit.model()).serviceCurve().time(visit.count());
      previous = visit.model();
    }
    return time;
  }
}
