// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.curve.ServiceCurve;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The components of a problem and the method for each. Models of which no plan serves a user are
 * left out: they would only link components and complicate their structure.
 */
final class Decomposition {
  private static final long ENTRY = Long.BYTES;

  /**
   * A component and how it is solved.
   *
   * @param component its models and structure
   * @param method the method
   * @param users number of its users that fit in the budget, each model alone
   */
  record Part(Component component, Method method, long users) {
    int[] models() {
      return component.models();
    }
  }

  private final Problem problem;
  private final SharingComponents sharing;
  private final List<Part> parts;

  private Decomposition(Problem problem, SharingComponents sharing, List<Part> parts) {
    this.problem = problem;
    this.sharing = sharing;
    this.parts = parts;
  }

  static Decomposition of(Problem problem, StopSignal stop) {
    BitSet hopeless = hopelessModels(problem, stop);
    SharingComponents sharing = withoutModels(problem, hopeless, stop);
    List<Component> components = new ArrayList<>();
    for (Component component : sharing.components()) {
      if (!hopeless.get(component.models()[0])) {
        components.add(component);
      }
    }
    Method[] methods =
        Method.choose(
            components, problem.instance().loadTimes().isAffine(), c -> users(problem, c));
    List<Part> parts = new ArrayList<>(methods.length);
    for (int c = 0; c < methods.length; c++) {
      parts.add(new Part(components.get(c), methods[c], users(problem, components.get(c))));
    }
    return new Decomposition(problem, sharing, parts);
  }

  /**
   * Models of which not even one user can be served, so that no plan visits them. Where loads are
   * not subadditive, a model that is too slow to load alone may still be reached by way of others.
   */
  private static BitSet hopelessModels(Problem problem, StopSignal stop) {
    boolean direct = problem.instance().loadTimes().isSubadditive(stop);
    long budget = problem.instance().budget();
    BitSet hopeless = new BitSet();
    for (int model = 0; model < problem.instance().modelCount(); model++) {
      ServiceCurve service = problem.curve(model);
      hopeless.set(
          model,
          service.maxCount() == 0
              || (direct
                  && problem.machine().loadTime(Machine.START, model) > budget - service.time(1)));
    }
    return hopeless;
  }

  /** The sharing of the other models; those left out are components of their own. */
  private static SharingComponents withoutModels(Problem problem, BitSet leftOut, StopSignal stop) {
    if (leftOut.isEmpty() || !problem.instance().parameterSharing()) {
      return problem.sharing();
    }
    int[][] blocks = new int[problem.instance().modelCount()][];
    Arrays.setAll(
        blocks,
        model -> leftOut.get(model) ? new int[0] : problem.instance().model(model).blocks());
    return SharingComponents.of(problem.instance().blockCount(), blocks, stop);
  }

  private static long users(Problem problem, Component component) {
    long users = 0;
    for (int model : component.models()) {
      users += problem.curve(model).maxCount();
    }
    return users;
  }

  Problem problem() {
    return problem;
  }

  /** How the models share blocks. */
  SharingComponents sharing() {
    return sharing;
  }

  /** All parts, in the order of their first models. */
  List<Part> parts() {
    return parts;
  }

  /** Those that are not solved on block trees, the smallest first. */
  List<Part> general() {
    List<Part> general = new ArrayList<>();
    for (Part part : parts) {
      if (part.method() != Method.TREE) {
        general.add(part);
      }
    }
    general.sort(Comparator.comparingInt(part -> part.component().size()));
    return general;
  }

  /**
   * How much memory the tables of a plan take at most: a small request can ask for hundreds of
   * megabytes.
   *
   * <p>On a block tree there is a curve at every node, of the users below it: so many entries as
   * users have nodes above them, twice if resident blocks matter. A search has two tables of users
   * by models, again twice, its loads, and for every model the others in order. Everything else
   * that is large has a limit of its own, 64 MB, and is not counted. Linear in the models.
   */
  long tableBytes() {
    long entries = 0;
    for (Part part : parts) {
      long models = part.component().size();
      entries +=
          switch (part.method()) {
            case TREE -> treeEntries(part);
            // Over subsets too: if time is up before that is done, the component is searched.
            case SUBSETS, SEARCH -> 2 * models * part.users() + 2 * models * models;
            case GIVEN -> part.users();
          };
    }
    return entries * ENTRY * (problem.instance().hasResidentBlocks() ? 2 : 1);
  }

  private long treeEntries(Part part) {
    long entries = 0;
    for (int model : part.models()) {
      entries += problem.curve(model).maxCount() * (sharing.groups(model).length + 1L);
    }
    return entries;
  }
}
