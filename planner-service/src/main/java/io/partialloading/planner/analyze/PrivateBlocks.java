// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import static io.partialloading.planner.analyze.LibraryAnalysis.sum;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.sharing.SharingComponents;
import io.partialloading.planner.sharing.SharingComponents.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which blocks to make private, each model that has one with a copy of its own, so that sharing
 * becomes nested, in as few bytes as can be: a lightest vertex cover of the graph whose vertices
 * are block groups, and whose edges join those that overlap in part.
 *
 * <p>Each connected part of the graph is searched by itself ({@link HeaviestSet}). Where the graph
 * is too large to be stored, or a part to be searched, groups are kept from the heaviest on if they
 * overlap in part with none that is kept; of groups of equally many models that have a model in
 * common, at most one can be kept, which gives the bound.
 */
final class PrivateBlocks {
  /** Edges of at most 32 MB, half a megabyte of bits for a part, and some 20 ms. */
  static final Limits DEFAULT = new Limits(1L << 23, 2048, 2e7);

  private static final int NONE = -1;

  private final SharingComponents sharing;
  private final long[] bytes; // by group, as are the following
  private final boolean[] overlapping;
  private final int[][] models; // of those that overlap, their places in the component
  private final int[][] neighbours; // of these, the groups they overlap in part with; if stored
  private final int[] place; // in the part at hand
  private final int[] comparedWith; // the last group
  private final boolean[] isPrivate;
  private final StopSignal stop;
  private final List<Part> parts = new ArrayList<>();
  private final Limits limits;
  private long pairsLeft;

  /**
   * How much is done.
   *
   * @param pairs most pairs of groups that are compared to store the edges
   * @param searched most groups of a part that is searched
   * @param effort steps of all searches together
   */
  record Limits(long pairs, int searched, double effort) {}

  /** Sizes of a component's private blocks, each counted once, saturated. */
  static final class Sizes {
    long bytes;
    long lowerBound;
  }

  /** A connected part of the graph, or that of a whole component where edges are not stored. */
  private record Part(Component component, Sizes sizes, int[] groups, boolean isStored) {}

  private PrivateBlocks(
      SharingComponents sharing,
      long[] bytes,
      boolean[] overlapping,
      Limits limits,
      StopSignal stop) {
    this.sharing = sharing;
    this.bytes = bytes;
    this.overlapping = overlapping;
    this.limits = limits;
    this.pairsLeft = limits.pairs;
    this.stop = stop;
    this.models = new int[bytes.length][];
    this.neighbours = new int[bytes.length][];
    this.place = new int[bytes.length];
    this.comparedWith = new int[bytes.length];
    Arrays.fill(comparedWith, NONE);
    this.isPrivate = new boolean[bytes.length];
  }

  /**
   * Chooses groups in all components.
   *
   * @param bytes size of the blocks by group, saturated
   * @param overlapping by group, whether it overlaps in part with another
   * @param sizes by component, filled here
   * @return by group, whether to make it private
   */
  static boolean[] choose(
      SharingComponents sharing,
      List<Component> components,
      long[] bytes,
      boolean[] overlapping,
      Sizes[] sizes,
      Limits limits,
      StopSignal stop) {
    PrivateBlocks blocks = new PrivateBlocks(sharing, bytes, overlapping, limits, stop);
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] = new Sizes();
      blocks.addParts(components.get(c), sizes[c]);
    }
    // What a part leaves of its share is for those after it, which are larger.
    blocks.parts.sort(Comparator.comparingInt(part -> part.groups.length));
    double effort = limits.effort;
    int left = blocks.parts.size();
    for (Part part : blocks.parts) {
      stop.throwIfCancelled();
      effort -= blocks.choose(part, effort / left--);
    }
    return blocks.isPrivate;
  }

  /** Divides the graph of a component into its parts. */
  private void addParts(Component component, Sizes sizes) {
    int[][] groupsOf = new int[component.size()][];
    List<Integer> found = new ArrayList<>();
    for (int m = 0; m < groupsOf.length; m++) {
      stop.throwIfCancelled();
      groupsOf[m] =
          Arrays.stream(sharing.groups(component.models()[m]))
              .filter(g -> overlapping[g])
              .toArray();
      for (int group : groupsOf[m]) {
        if (models[group] == null) {
          models[group] = new int[sharing.modelCount(group)];
          found.add(group);
        }
        models[group][place[group]++] = m;
      }
    }
    int[] groups = found.stream().mapToInt(Integer::intValue).toArray();
    long pairs = 0;
    for (int group : groups) {
      stop.throwIfCancelled();
      place[group] = NONE;
      pairs += Math.min(groups.length, pairsByModels(group, groupsOf));
    }
    boolean isStored = pairs <= pairsLeft;
    if (isStored) {
      pairsLeft -= pairs;
      stop.reserve(Integer.BYTES * pairs);
      findNeighbours(groups, groupsOf);
    }
    for (int group : groups) {
      if (!isStored) {
        parts.add(new Part(component, sizes, heaviestFirst(found), false));
        return;
      }
      if (place[group] == NONE) {
        parts.add(new Part(component, sizes, connected(group), true));
      }
    }
  }

  private long pairsByModels(int group, int[][] groupsOf) {
    long pairs = 0;
    for (int model : models[group]) {
      pairs += groupsOf[model].length;
    }
    return pairs;
  }

  private void findNeighbours(int[] groups, int[][] groupsOf) {
    boolean[] isOwn = new boolean[groupsOf.length];
    for (int group : groups) {
      stop.throwIfCancelled();
      mark(isOwn, group, true);
      IntStream others =
          groups.length <= pairsByModels(group, groupsOf)
              ? Arrays.stream(groups)
              : Arrays.stream(models[group]).flatMap(m -> Arrays.stream(groupsOf[m])).distinct();
      neighbours[group] = others.filter(other -> overlapInPart(group, isOwn, other)).toArray();
      mark(isOwn, group, false);
    }
  }

  private void mark(boolean[] isOwn, int group, boolean value) {
    for (int model : models[group]) {
      isOwn[model] = value;
    }
  }

  /**
   * Whether two groups overlap in part.
   *
   * @param isOwn the models of the first
   */
  private boolean overlapInPart(int group, boolean[] isOwn, int other) {
    boolean isLarger = models[group].length >= models[other].length;
    int[] ofSmaller = models[isLarger ? other : group];
    int both = 0;
    for (int i = 0; i < ofSmaller.length; i++) {
      boolean hasLarger =
          isLarger ? isOwn[ofSmaller[i]] : Arrays.binarySearch(models[other], ofSmaller[i]) >= 0;
      both += hasLarger ? 1 : 0;
      if (both > 0 && both <= i) {
        return true;
      }
    }
    return false;
  }

  /** All groups that a group is connected with, the heaviest first. */
  private int[] connected(int group) {
    List<Integer> found = new ArrayList<>();
    place[group] = 0;
    found.add(group);
    for (int i = 0; i < found.size(); i++) {
      stop.throwIfCancelled();
      for (int other : neighbours[found.get(i)]) {
        if (place[other] == NONE) {
          place[other] = found.size();
          found.add(other);
        }
      }
    }
    return heaviestFirst(found);
  }

  private int[] heaviestFirst(List<Integer> groups) {
    LibraryAnalysis.sort(groups, Comparator.comparingLong(group -> -bytes[group]), stop);
    return groups.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Chooses groups of a part.
   *
   * @return the steps it took
   */
  private double choose(Part part, double effort) {
    long total = 0;
    for (int group : part.groups) {
      stop.throwIfCancelled();
      total = sum(total, bytes[group]);
    }
    boolean isSearched =
        part.isStored && part.groups.length <= limits.searched && total < Long.MAX_VALUE;
    HeaviestSet search = isSearched ? search(part.groups, effort) : null;
    boolean[] isKept = new boolean[part.groups.length];
    long mostKept = search == null ? keepHeaviestFirst(part, isKept) : search.bound();
    long chosen = 0;
    for (int i = 0; i < isKept.length; i++) {
      if (!(search == null ? isKept[i] : search.contains(i))) {
        isPrivate[part.groups[i]] = true;
        chosen = sum(chosen, bytes[part.groups[i]]);
      }
    }
    part.sizes.bytes = sum(part.sizes.bytes, chosen);
    part.sizes.lowerBound = sum(part.sizes.lowerBound, Math.max(0, total - mostKept));
    return search == null ? 0 : effort - Math.max(0, search.effortLeft());
  }

  private HeaviestSet search(int[] groups, double effort) {
    long[] weights = Arrays.stream(groups).mapToLong(group -> bytes[group]).toArray();
    int[][] edges = new int[groups.length][];
    for (int i = 0; i < groups.length; i++) {
      place[groups[i]] = i;
    }
    for (int i = 0; i < groups.length; i++) {
      stop.throwIfCancelled();
      edges[i] = Arrays.stream(neighbours[groups[i]]).map(other -> place[other]).toArray();
    }
    return new HeaviestSet(weights, edges, effort, stop);
  }

  /**
   * Keeps groups from the heaviest on.
   *
   * @param isKept by place in the part, set here
   * @return no groups of which none overlap in part are larger together
   */
  private long keepHeaviestFirst(Part part, boolean[] isKept) {
    boolean[] isOwn = new boolean[part.component.size()];
    int[] groupCounts = new int[isOwn.length]; // by model
    List<List<Integer>> kept = new ArrayList<>(); // by model
    for (int m = 0; m < isOwn.length; m++) {
      kept.add(new ArrayList<>());
    }
    for (int group : part.groups) {
      stop.throwIfCancelled();
      for (int model : models[group]) {
        groupCounts[model]++;
      }
    }
    Set<Long> cliques = new HashSet<>();
    long most = 0;
    for (int i = 0; i < isKept.length; i++) {
      stop.throwIfCancelled();
      int group = part.groups[i];
      most = isOfAny(cliques, group, groupCounts) ? most : sum(most, bytes[group]);
      mark(isOwn, group, true);
      isKept[i] = fits(group, isOwn, kept);
      mark(isOwn, group, false);
      for (int m = 0; isKept[i] && m < models[group].length; m++) {
        kept.get(models[group][m]).add(group);
      }
    }
    return most;
  }

  /**
   * Whether a group is in a clique that there is already, of groups of as many models that have one
   * of its models; else it begins one, for that of its models that most groups have.
   */
  private boolean isOfAny(Set<Long> cliques, int group, int[] groupCounts) {
    int[] own = models[group];
    int most = own[0];
    for (int model : own) {
      if (cliques.contains((long) own.length << Integer.SIZE | model)) {
        return true;
      }
      most = groupCounts[model] > groupCounts[most] ? model : most;
    }
    cliques.add((long) own.length << Integer.SIZE | most);
    return false;
  }

  /** Whether a group overlaps in part with none of those kept. */
  private boolean fits(int group, boolean[] isOwn, List<List<Integer>> kept) {
    for (int model : models[group]) {
      for (int other : kept.get(model)) {
        if (comparedWith[other] != group) {
          comparedWith[other] = group;
          if (overlapInPart(group, isOwn, other)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
