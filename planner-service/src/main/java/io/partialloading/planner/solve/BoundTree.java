// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bounds on the times of a component's paths, raised by branch and bound over {@link Relaxation}.
 *
 * <p>The leaves of a tree of decisions, whether a model is visited or an edge is used, hold every
 * path between them; each has bounds by count, and the least of them over the leaves bounds all
 * paths. The weakest leaf is raised first: the root in two phases of subgradient steps, with one
 * share a model and then one an edge end; any other leaf as it is made. A leaf whose steps are
 * spent is split in two at the decision on which the relaxation's two views, or its visits from
 * step to step, disagree most.
 *
 * <p>What has been done for one target helps any other. Deterministic; effort is counted in steps.
 */
final class BoundTree {
  /** Steps of the root with one share a model; and so many more for each model. */
  private static final int MODEL_STEPS = 100;

  private static final int MODEL_STEPS_FOR_EACH = 2;
  private static final int EDGE_STEPS = 200;
  private static final int LEAF_STEPS = 60;

  /** The part of the distance to the goal that a step covers at first. */
  private static final double FIRST_MODEL_STEP = 0.3;

  private static final double FIRST_EDGE_STEP = 0.15;

  /** Steps without progress before they are shortened, and by how much. */
  private static final int PATIENCE = 10;

  private static final double SHORTENED = 0.85;

  /** How much of the last direction is kept. */
  private static final double MODEL_MOMENTUM = 0.6;

  private static final double EDGE_MOMENTUM = 0.8;

  /** The goal of the steps lies this much beyond the threshold. */
  private static final double GOAL = 1.002;

  /** Leaves may take so many bytes together. */
  private static final long MOST_BYTES = 16L << 20;

  private final PathProblem problem;
  private final int n;
  private final Relaxation relaxation;
  private final List<Leaf> leaves = new ArrayList<>();
  private final long[] bound; // by count, of all paths
  private final double[][] direction;
  private final double[] modelDirection;
  private final int mostLeaves;
  // How often the relaxation chose so since a leaf's steps began.
  private final int[] visits;
  private final int[][] forestEdges;
  private final int[][] visitEdges;
  private int evaluations;

  /** A part of all paths. */
  private final class Leaf {
    final byte[] models;
    final byte[][] edges;
    final long[][] shares;
    final long[] bound;
    int phase; // of the root: 0 in the steps of models, 1 in those of edges, 2 after them
    int stepsOfPhase;
    boolean isAgreed; // the two views of the last step
    int splitModel = -1;
    int splitEdge = -1; // the other end of splitModel's edge, or -1

    /** The root. */
    Leaf() {
      models = new byte[n];
      edges = new byte[n][n];
      shares = new long[n][n + 1];
      bound = new long[problem.userCount() + 1];
      for (int i = 0; i < n; i++) {
        Arrays.fill(shares[i], quarterOfBestTwo(i));
      }
    }

    Leaf(Leaf parent) {
      models = parent.models.clone();
      edges = new byte[n][];
      shares = new long[n][];
      bound = parent.bound.clone();
      phase = 2;
      for (int i = 0; i < n; i++) {
        edges[i] = parent.edges[i].clone();
        shares[i] = parent.shares[i].clone();
      }
    }

    /** Half of what each of the model's best two edges saves is its share. */
    private long quarterOfBestTwo(int model) {
      long most = 0;
      long next = 0;
      for (int j = 0; j < n; j++) {
        long saving = relaxation.saving(model, j);
        if (saving > most) {
          next = most;
          most = saving;
        } else if (saving > next) {
          next = saving;
        }
      }
      return (most + next) / 4;
    }

    void decideEdge(int a, int b, byte decision) {
      edges[a][b] = decision;
      edges[b][a] = decision;
      if (decision == Relaxation.IN) {
        models[a] = Relaxation.IN;
        models[b] = Relaxation.IN;
        closeIfFull(a);
        closeIfFull(b);
      }
    }

    /** A model with two edges has no others. */
    private void closeIfFull(int model) {
      int count = 0;
      for (byte edge : edges[model]) {
        count += edge == Relaxation.IN ? 1 : 0;
      }
      for (int other = 0; count >= 2 && other < n; other++) {
        if (edges[model][other] == 0) {
          edges[model][other] = Relaxation.OUT;
          edges[other][model] = Relaxation.OUT;
        }
      }
    }
  }

  BoundTree(PathProblem problem) {
    this.problem = problem;
    this.n = problem.modelCount();
    this.relaxation = new Relaxation(problem);
    this.bound = new long[problem.userCount() + 1];
    this.direction = new double[n][n + 1];
    this.modelDirection = new double[n];
    this.visits = new int[n];
    this.forestEdges = new int[n][n];
    this.visitEdges = new int[n][n + 1];
    this.mostLeaves = (int) Math.max(1, MOST_BYTES / (9L * n * n + 8L * bound.length + 1));
    leaves.add(new Leaf());
  }

  /** By count, a time in ns that no path beats; not to be modified. */
  long[] bound() {
    return bound;
  }

  /** The models that the relaxation visited last: near a good path if the bound is near. */
  int[] lastVisited() {
    return relaxation.lastVisited();
  }

  /**
   * Raises the bound for a count until it exceeds a threshold.
   *
   * @param target the count, at least 1
   * @param threshold in ns
   * @param effort steps to take, about two ns each
   * @return the steps taken, more than {@code effort} by those of a few evaluations at most; fewer
   *     if the threshold is exceeded or nothing is left to decide
   */
  double raise(int target, long threshold, double effort, StopSignal stop) {
    double steps = 0;
    double evaluation = relaxation.stepsOfEvaluation();
    int modelSteps = MODEL_STEPS + MODEL_STEPS_FOR_EACH * n;
    while (bound[target] <= threshold && steps < effort && !stop.isTimeUp()) {
      int weakest = weakest(target);
      Leaf leaf = leaves.get(weakest);
      int allowed = (int) Math.ceil((effort - steps) / evaluation);
      if (leaf.phase < 2) {
        int most = leaf.phase == 0 ? modelSteps : EDGE_STEPS;
        int open = Math.min(allowed, most - leaf.stepsOfPhase);
        int taken = ascend(leaf, target, threshold, open, leaf.phase > 0, stop);
        leaf.stepsOfPhase += taken;
        if (leaf.isAgreed || leaf.stepsOfPhase >= most) {
          leaf.phase++;
          leaf.stepsOfPhase = 0;
        }
        steps += taken * evaluation;
      } else if (leaf.splitModel < 0 || leaves.size() >= mostLeaves) {
        return steps;
      } else {
        Leaf with = new Leaf(leaf);
        Leaf without = new Leaf(leaf);
        if (leaf.splitEdge < 0) {
          with.models[leaf.splitModel] = Relaxation.IN;
          without.models[leaf.splitModel] = Relaxation.OUT;
        } else {
          with.decideEdge(leaf.splitModel, leaf.splitEdge, Relaxation.IN);
          without.decideEdge(leaf.splitModel, leaf.splitEdge, Relaxation.OUT);
        }
        leaves.set(weakest, with);
        leaves.add(without);
        steps += 2 * evaluation;
        int each = Math.min(LEAF_STEPS, (allowed + 1) / 2);
        steps += ascend(with, target, threshold, each, true, stop) * evaluation;
        steps += ascend(without, target, threshold, each, true, stop) * evaluation;
      }
      combine();
    }
    return steps;
  }

  private int weakest(int target) {
    int weakest = 0;
    for (int i = 1; i < leaves.size(); i++) {
      if (leaves.get(i).bound[target] < leaves.get(weakest).bound[target]) {
        weakest = i;
      }
    }
    return weakest;
  }

  private void combine() {
    for (int k = 1; k < bound.length; k++) {
      long least = Long.MAX_VALUE;
      for (Leaf leaf : leaves) {
        least = Math.min(least, leaf.bound[k]);
      }
      bound[k] = Math.max(bound[k], least);
    }
  }

  /**
   * Takes subgradient steps by Polyak's rule from the leaf's shares and leaves the best ones there.
   *
   * @return the number of evaluations
   */
  private int ascend(
      Leaf leaf, int target, long threshold, int most, boolean byEdges, StopSignal stop) {
    double step = byEdges ? FIRST_EDGE_STEP : FIRST_MODEL_STEP;
    double momentum = byEdges ? EDGE_MOMENTUM : MODEL_MOMENTUM;
    long[][] shares = copy(leaf.shares);
    long best = Long.MIN_VALUE;
    int idle = 0;
    forgetChoices();
    for (int i = 0; i < n; i++) {
      Arrays.fill(direction[i], 0);
    }
    Arrays.fill(modelDirection, 0);
    int taken = 0;
    leaf.isAgreed = false;
    while (taken < most && leaf.bound[target] <= threshold && !stop.isTimeUp()) {
      stop.throwIfCancelled();
      taken++;
      long value = relaxation.evaluate(shares, leaf.models, leaf.edges, target, leaf.bound, stop);
      countChoices();
      if (value > best) {
        best = value;
        idle = 0;
        for (int i = 0; i < n; i++) {
          System.arraycopy(shares[i], 0, leaf.shares[i], 0, n + 1);
        }
      } else if (++idle >= PATIENCE) {
        step *= SHORTENED;
        idle = 0;
      }
      double distance = Math.max(threshold * GOAL - value, threshold * 1e-4);
      leaf.isAgreed =
          byEdges
              ? !moveEdges(shares, momentum, step * distance)
              : !moveModels(shares, momentum, step * distance);
      if (leaf.isAgreed) {
        break;
      }
    }
    chooseSplit(leaf);
    return taken;
  }

  private static long[][] copy(long[][] rows) {
    long[][] copy = new long[rows.length][];
    Arrays.setAll(copy, i -> rows[i].clone());
    return copy;
  }

  /** One share a model; false if the views agree. */
  private boolean moveModels(long[][] shares, double momentum, double length) {
    Relaxation r = relaxation;
    double fresh = 1 - momentum;
    for (int i = 0; i < n; i++) {
      modelDirection[i] = momentum * modelDirection[i] - (r.visited[i] ? 2 * fresh : 0);
    }
    for (int i = 0; i < n; i++) {
      if (r.parent[i] >= 0) {
        modelDirection[i] += fresh;
        modelDirection[r.parent[i]] += fresh;
      }
    }
    modelDirection[r.depotFirst] += fresh;
    modelDirection[r.depotLast] += fresh;
    double norm = 0;
    for (double d : modelDirection) {
      norm += d * d;
    }
    if (norm < 1e-9) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(shares[i], moved(shares[i][n], modelDirection[i] * length / norm));
    }
    return true;
  }

  /** One share an end of an edge; false if the views agree. */
  private boolean moveEdges(long[][] shares, double momentum, double length) {
    Relaxation r = relaxation;
    double fresh = 1 - momentum;
    for (double[] row : direction) {
      for (int j = 0; j <= n; j++) {
        row[j] *= momentum;
      }
    }
    for (int i = 0; i < n; i++) {
      if (r.parent[i] >= 0) {
        direction[i][r.parent[i]] += fresh;
        direction[r.parent[i]][i] += fresh;
      }
      if (r.visited[i]) {
        direction[i][r.first[i]] -= fresh;
        if (r.second[i] >= 0) {
          direction[i][r.second[i]] -= fresh;
        }
      }
    }
    direction[r.depotFirst][n] += fresh;
    direction[r.depotLast][n] += fresh;
    double norm = 0;
    for (double[] row : direction) {
      for (double d : row) {
        norm += d * d;
      }
    }
    if (norm < 1e-9) {
      return false;
    }
    double scale = length / norm;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= n; j++) {
        if (direction[i][j] != 0) {
          shares[i][j] = moved(shares[i][j], direction[i][j] * scale);
        }
      }
    }
    return true;
  }

  private long moved(long share, double by) {
    long largest = relaxation.largestShare();
    return Math.max(-largest, Math.min(largest, Math.round(share + by)));
  }

  private void forgetChoices() {
    evaluations = 0;
    Arrays.fill(visits, 0);
    for (int i = 0; i < n; i++) {
      Arrays.fill(forestEdges[i], 0);
      Arrays.fill(visitEdges[i], 0);
    }
  }

  private void countChoices() {
    Relaxation r = relaxation;
    evaluations++;
    for (int i = 0; i < n; i++) {
      if (r.parent[i] >= 0) {
        forestEdges[i][r.parent[i]]++;
        forestEdges[r.parent[i]][i]++;
      }
      if (r.visited[i]) {
        visits[i]++;
        visitEdges[i][r.first[i]]++;
        if (r.second[i] >= 0) {
          visitEdges[i][r.second[i]]++;
        }
      }
    }
  }

  /** Finds the decision that is least clear; models go before edges. */
  private void chooseSplit(Leaf leaf) {
    leaf.splitModel = -1;
    leaf.splitEdge = -1;
    double most = 0.02 * evaluations;
    for (int i = 0; i < n; i++) {
      if (leaf.models[i] == 0) {
        int degree = 0;
        for (int j = 0; j < n; j++) {
          degree += forestEdges[i][j];
        }
        double doubt =
            Math.min(visits[i], evaluations - visits[i])
                + 0.25 * Math.max(0, Math.min(evaluations, degree) - visits[i]);
        if (doubt > most) {
          most = doubt;
          leaf.splitModel = i;
        }
      }
    }
    if (leaf.splitModel >= 0) {
      return;
    }
    most = -1;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (leaf.edges[i][j] != 0
            || leaf.models[i] == Relaxation.OUT
            || leaf.models[j] == Relaxation.OUT) {
          continue;
        }
        double chosen = (visitEdges[i][j] + visitEdges[j][i]) / 2.0;
        double doubt =
            Math.min(forestEdges[i][j], evaluations - forestEdges[i][j])
                + Math.abs(forestEdges[i][j] - chosen);
        if (doubt > most) {
          most = doubt;
          leaf.splitModel = i;
          leaf.splitEdge = j;
        }
      }
    }
  }
}
