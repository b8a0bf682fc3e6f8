// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** How the least times of a component are found. */
public enum Method {
  /** Exactly, on its block tree: {@link NestedComponentSolver}. */
  TREE,

  /** Exactly if transfers are subadditive, over subsets of its models: {@link SubsetTimes}. */
  SUBSETS,

  /** By a search with a bound: {@link ComponentSearch}. */
  SEARCH,

  /** No worse than plans that are given: {@link GivenPlanTimes}. */
  GIVEN;

  /**
   * Steps that exact programs over subsets may take in all, about a third of a nanosecond each:
   * some 25 ms, enough for one component of 17 models and 200 users.
   */
  private static final double SUBSET_WORK = 7e7;

  /** A table of loads between models of eight megabytes. */
  private static final int MAX_SEARCHED_MODELS = 1000;

  /**
   * Models times users: the tables of {@link OrderProgram} take 16 bytes an entry, 64 MB in all.
   */
  private static final long MAX_SEARCH_TABLE = 1L << 22;

  /**
   * Chooses a method for each component. Of those that cannot be solved on block trees the smallest
   * are solved over subsets, as far as the work for these allows.
   *
   * @param components all components of a problem
   * @param affineLoads whether load times are affine, so that they add up along block trees
   * @param users number of users of a component that may be served
   * @return a method for each component, in their order
   */
  public static Method[] choose(
      List<Component> components, boolean affineLoads, ToLongFunction<Component> users) {
    Method[] methods = new Method[components.size()];
    List<Integer> bySize = new ArrayList<>();
    for (int c = 0; c < methods.length; c++) {
      Component component = components.get(c);
      boolean isTree =
          component.size() == 1
              || (component.structure() != SharingStructure.GENERAL && affineLoads);
      methods[c] = isTree ? TREE : searchOrGiven(component.size(), users.applyAsLong(component));
      if (!isTree) {
        bySize.add(c);
      }
    }
    bySize.sort(Comparator.comparingInt(c -> components.get(c).size()));
    double work = 0;
    for (int c : bySize) {
      Component component = components.get(c);
      work += SubsetTimes.work(component.size(), users.applyAsLong(component));
      if (work > SUBSET_WORK) {
        break;
      }
      methods[c] = SUBSETS;
    }
    return methods;
  }

  private static Method searchOrGiven(long models, long users) {
    return models > MAX_SEARCHED_MODELS || models * users > MAX_SEARCH_TABLE ? GIVEN : SEARCH;
  }

  /** Whether plans of such a component are optimal, where transfers are subadditive. */
  public boolean isExact() {
    return this == TREE || this == SUBSETS;
  }
}
