// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;

/**
 * A Lagrangian relaxation of {@link PathProblem}: for every count a time that no path beats.
 *
 * <p>A path pays every visited model's whole load less what its neighbours on the path leave on the
 * GPU. Say that edge {i, j} <em>saves</em> the larger of what i leaves for j and j for i, and close
 * the path by a <em>depot</em> before its first and after its last model, whose edges save nothing
 * but what the start of the plan does. Two views of a path must agree: its edges, which form a
 * forest of models and two edges to the depot; and its visits, each with two of the model's edges.
 * Relaxed, every model chooses its two dearest edges by <em>shares</em> σ of its own, the forest is
 * a maximum one by what an edge saves beyond the shares of both ends, and
 *
 * <pre>
 *   time(k) ≥ knapsack(k; cold_i − σ_ia − σ_ib, service_i) − forest(save_ij − σ_ij − σ_ji) + depot
 * </pre>
 *
 * whatever the shares. With σ_ij = π_i for all j this is Held and Karp's bound by 1-trees (1970)
 * with a choice of nodes, and with σ_ij + σ_ji = save_ij that of two best neighbours each. The best
 * shares are sought by subgradient steps on the disagreements between the two views.
 *
 * <p>All sums are of whole ns and exact, so that the bound holds to the nanosecond; only the steps
 * are rounded. Valid where no path gains by visiting a model twice (subadditive loads). An
 * evaluation takes O(n² + K²) for n models and K users.
 */
final class Relaxation {
  /** A model or an edge that is decided: on the path, or not. */
  static final byte IN = 1;

  static final byte OUT = -1;

  /** Sums of so many ns and all their parts are far from overflow. */
  private static final long LARGEST_SUM = 1L << 52;

  /** More than any edge saves or any share: decided edges come first. */
  private static final long DECIDED = 1L << 56;

  private static final int NONE = -1;

  private static final int STEPS_BETWEEN_POLLS = 1 << 16;

  private final PathProblem problem;
  private final int n;
  private final int users;
  private final long[][] saving;
  private final long largestShare;
  private final long[] single; // by count, the least time to serve so many of one model
  private final long[][] knapsack; // [models so far][count]
  private final long[] fixed; // by model: its load less its dearest two shares
  private final long[] margin; // of Prim's algorithm
  private final boolean[] placed;

  // What the last evaluation chose.
  final int[] parent; // by model, the other end of its forest edge towards the root, or NONE
  final int[] first; // by model, its dearest edge's other end; n is the depot
  final int[] second;
  final boolean[] visited; // by the knapsack for the target
  int depotFirst;
  int depotLast;

  /** Whether the times are so short that no sum of them overflows. */
  static boolean isApplicable(PathProblem problem) {
    long longest = 1;
    for (int model = 0; model < problem.modelCount(); model++) {
      long[] times = problem.service()[model];
      longest = Math.max(longest, Math.max(problem.cold()[model], times[times.length - 1]));
    }
    return problem.modelCount() > 1 && longest <= LARGEST_SUM / problem.modelCount();
  }

  Relaxation(PathProblem problem) {
    this.problem = problem;
    this.n = problem.modelCount();
    this.users = problem.userCount();
    this.saving = new long[n][n];
    long largest = 1;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        if (a != b) {
          saving[a][b] =
              Math.max(
                  problem.cold()[b] - problem.between()[a][b],
                  problem.cold()[a] - problem.between()[b][a]);
        }
      }
      largest = Math.max(largest, problem.cold()[a]);
    }
    this.largestShare = 2 * largest;
    this.single = new long[users + 1];
    Arrays.fill(single, Instance.NEVER);
    for (int model = 0; model < n; model++) {
      long[] times = problem.service()[model];
      for (int k = 1; k < times.length; k++) {
        single[k] = Math.min(single[k], problem.start()[model] + times[k]);
      }
    }
    this.knapsack = new long[n + 1][users + 1];
    this.fixed = new long[n];
    this.margin = new long[n];
    this.placed = new boolean[n];
    this.parent = new int[n];
    this.first = new int[n];
    this.second = new int[n];
    this.visited = new boolean[n];
  }

  /** What an edge saves. */
  long saving(int a, int b) {
    return saving[a][b];
  }

  /** Number of a model's edges in the last forest. */
  private int degree(int model) {
    int degree = parent[model] == NONE ? 0 : 1;
    for (int up : parent) {
      degree += up == model ? 1 : 0;
    }
    return degree;
  }

  /**
   * The models that the last evaluation visited, in an order along its forest: near a good path if
   * the bound is near.
   */
  int[] lastVisited() {
    int[] order = new int[n];
    int length = 0;
    boolean[] placed = new boolean[n];
    for (int degree = 0; degree < n; degree++) { // each tree from an end
      for (int root = 0; root < n; root++) {
        if (!placed[root] && degree(root) == degree) {
          length = walk(root, placed, order, length);
        }
      }
    }
    return Arrays.copyOf(order, length);
  }

  /** Adds the visited models of a tree, depth first. */
  private int walk(int model, boolean[] placed, int[] order, int from) {
    int length = from;
    placed[model] = true;
    if (visited[model]) {
      order[length++] = model;
    }
    for (int other = 0; other < n; other++) {
      if (!placed[other] && (parent[other] == model || parent[model] == other)) {
        length = walk(other, placed, order, length);
      }
    }
    return length;
  }

  /** About how many steps an evaluation takes. */
  double stepsOfEvaluation() {
    return 6.0 * n * n + (double) users * users / 4;
  }

  /** The largest absolute value that a share may have. */
  long largestShare() {
    return largestShare;
  }

  /**
   * Bounds the times of all paths that agree with what is decided.
   *
   * @param shares σ by model and other end, the last column for the depot
   * @param models by model, {@link #IN}, {@link #OUT} or 0 if it is not decided
   * @param edges the same by both ends, symmetric
   * @param target count for which to choose visits
   * @param bound by count; entries are raised where the new bound is higher
   * @return the bound for {@code target}
   */
  long evaluate(
      long[][] shares, byte[] models, byte[][] edges, int target, long[] bound, StopSignal stop) {
    chooseDearestEdges(shares, models, edges);
    fillKnapsack(models, stop);
    long rest = depot(shares, models) - forest(shares, models, edges);
    long[] sums = knapsack[n];
    for (int k = 1; k <= users; k++) {
      long time = sums[k] >= Instance.NEVER ? Instance.NEVER : sums[k] + rest;
      bound[k] = Math.max(bound[k], Math.min(time, single[k]));
    }
    chooseVisits(models, target);
    return Math.min(
        sums[target] >= Instance.NEVER ? Instance.NEVER : sums[target] + rest, single[target]);
  }

  private void chooseDearestEdges(long[][] shares, byte[] models, byte[][] edges) {
    for (int i = 0; i < n; i++) {
      if (models[i] == OUT) {
        continue;
      }
      long[] own = shares[i];
      byte[] decided = edges[i];
      int a = n;
      int b = NONE;
      long most = own[n];
      long next = Long.MIN_VALUE;
      for (int j = 0; j < n; j++) {
        if (j == i || decided[j] == OUT || models[j] == OUT) {
          continue;
        }
        long share = decided[j] == IN ? own[j] + DECIDED : own[j];
        if (share > most) {
          next = most;
          b = a;
          most = share;
          a = j;
        } else if (share > next) {
          next = share;
          b = j;
        }
      }
      first[i] = a;
      second[i] = b;
      // Without a second edge a model is the whole path, which `single` has.
      fixed[i] = problem.cold()[i] - own[a] - (b == NONE ? 0 : own[b]);
    }
  }

  /** Least times by count over all choices of visits and their counts. */
  private void fillKnapsack(byte[] models, StopSignal stop) {
    Arrays.fill(knapsack[0], Instance.NEVER);
    knapsack[0][0] = 0;
    int reach = 0;
    int unpolled = 0;
    for (int i = 0; i < n; i++) {
      long[] before = knapsack[i];
      long[] after = knapsack[i + 1];
      if (models[i] == IN) {
        Arrays.fill(after, Instance.NEVER);
      } else {
        System.arraycopy(before, 0, after, 0, users + 1);
      }
      if (models[i] == OUT) {
        continue;
      }
      long[] service = problem.service()[i];
      for (int count = 1; count < service.length; count++) {
        unpolled += reach;
        if (unpolled > STEPS_BETWEEN_POLLS) {
          unpolled = 0;
          stop.throwIfCancelled();
        }
        long time = fixed[i] + service[count];
        for (int k = 0; k <= reach; k++) {
          after[k + count] = Math.min(after[k + count], before[k] + time);
        }
      }
      reach += service.length - 1;
    }
  }

  private void chooseVisits(byte[] models, int target) {
    Arrays.fill(visited, false);
    int left = target;
    for (int i = n - 1; i >= 0 && knapsack[n][target] < Instance.NEVER / 2; i--) {
      long time = knapsack[i + 1][left];
      if (models[i] == OUT || (models[i] != IN && knapsack[i][left] == time)) {
        continue;
      }
      long[] service = problem.service()[i];
      for (int count = 1; count < service.length && count <= left; count++) {
        if (knapsack[i][left - count] + fixed[i] + service[count] == time) {
          visited[i] = true;
          left -= count;
          break;
        }
      }
    }
  }

  /** A maximum forest by Prim's algorithm, decided edges first; its value. */
  private long forest(long[][] shares, byte[] models, byte[][] edges) {
    Arrays.fill(parent, NONE);
    Arrays.fill(margin, 0);
    for (int i = 0; i < n; i++) {
      placed[i] = models[i] == OUT;
    }
    long value = 0;
    while (true) {
      int next = NONE;
      for (int i = 0; i < n; i++) {
        if (!placed[i] && (next == NONE || margin[i] > margin[next])) {
          next = i;
        }
      }
      if (next == NONE) {
        return value;
      }
      placed[next] = true;
      int up = parent[next];
      if (up != NONE) {
        value += saving[up][next] - shares[up][next] - shares[next][up];
      }
      long[] own = shares[next];
      long[] saves = saving[next];
      byte[] decided = edges[next];
      for (int i = 0; i < n; i++) {
        if (!placed[i] && decided[i] != OUT) {
          long weight = saves[i] - own[i] - shares[i][next] + (decided[i] == IN ? DECIDED : 0);
          if (weight > margin[i]) {
            margin[i] = weight;
            parent[i] = next;
          }
        }
      }
    }
  }

  /** The depot's cheapest two edges to different models; their cost. */
  private long depot(long[][] shares, byte[] models) {
    long least = Long.MAX_VALUE;
    // The cheapest two last models: the first one is one of the others.
    int last = NONE;
    int lastButOne = NONE;
    for (int i = 0; i < n; i++) {
      if (models[i] == OUT) {
        continue;
      }
      if (last == NONE || shares[i][n] < shares[last][n]) {
        lastButOne = last;
        last = i;
      } else if (lastButOne == NONE || shares[i][n] < shares[lastButOne][n]) {
        lastButOne = i;
      }
    }
    for (int i = 0; i < n; i++) {
      int other = i == last ? lastButOne : last;
      if (models[i] == OUT || other == NONE) {
        continue;
      }
      long cost = shares[i][n] - (problem.cold()[i] - problem.start()[i]) + shares[other][n];
      if (cost < least) {
        least = cost;
        depotFirst = i;
        depotLast = other;
      }
    }
    // With one model left there is no path of two, and `single` bounds what one can do.
    return least == Long.MAX_VALUE ? Instance.NEVER / 4 : least;
  }
}
