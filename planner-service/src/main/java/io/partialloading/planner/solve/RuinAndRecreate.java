// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Searches for paths through a component that serve more users, or as many sooner, by taking pieces
 * of a path out and putting models in again (slack induction by string removals; Christiaens and
 * Vanden Berghe, 2020), with simulated annealing.
 *
 * <p>Which models to visit is part of the search: a model is put in where that takes less time than
 * its users are worth. The worth of a user, a time, follows from the search itself: it rises while
 * too few users are visited for the next count to be reached and falls while too many are; and it
 * is varied from trial to trial. How many users each visited model serves is then decided exactly
 * where service curves are convex, and otherwise on their convex hulls: every user beyond a model's
 * first has a price, and the cheapest are served first.
 *
 * <p>Deterministic on any machine: random numbers start from a constant, functions are those of
 * {@link StrictMath}, and effort is counted in steps. A trial takes O(n·m + K) for n models on the
 * path, m taken out or waiting, and K users.
 */
final class RuinAndRecreate {
  /** Most models in a row that are taken out together. */
  private static final int LONGEST_STRING = 8;

  private static final int MOST_STRINGS = 3;

  /** Models that are not on the path and may be put in, beyond those just taken out. */
  private static final int MOST_WAITING = 100;

  /** One place in so many is overlooked, so that equal trials differ (blinks). */
  private static final int BLINK = 64;

  /**
   * Temperatures as parts of the limit: about the time of a few users at first, of a fraction of
   * one at last.
   */
  private static final double FIRST_TEMPERATURE = 2e-2;

  private static final double NEAR_TEMPERATURE = 1e-2;

  private static final double LAST_TEMPERATURE = 3e-3;

  /** In place of the model before a path's first. */
  private static final int PATH_START = -1;

  private final PathProblem problem;
  private final FoundPaths found;
  private final int n;
  private final Prices prices;
  private final int[] @Nullable [] nearest; // by model, the others by their overlap, made on demand
  private final boolean[] isVisited;
  private final int[] candidates;
  private final double[] priority;
  private final double[] worth;
  private int[] current;
  private int currentLength;
  private double currentCost;
  private int[] trial;
  private int trialLength;
  private final long[] loads; // of the trial's models, each after the one before
  private long insertionTime;
  private double userWorth;
  private int served; // within the limit, by the best path found
  private long random = 0x9E3779B97F4A7C15L;
  private double steps;

  RuinAndRecreate(PathProblem problem, FoundPaths found) {
    this.problem = problem;
    this.found = found;
    this.n = problem.modelCount();
    this.prices = new Prices(problem.service());
    this.nearest = new int[n][];
    this.isVisited = new boolean[n];
    this.candidates = new int[n];
    this.priority = new double[n];
    this.worth = new double[n];
    this.current = new int[n];
    this.trial = new int[n];
    this.loads = new long[n];
  }

  /**
   * Goes on searching.
   *
   * @param limit within which to serve as many users as can be, in ns
   * @param effort steps to take, about two ns each
   * @return the steps taken, more than {@code effort} by those of one trial at most
   */
  double run(long limit, double effort, StopSignal stop) {
    int best = found.served(limit);
    return run(best == 0 ? new int[0] : found.order(best), FIRST_TEMPERATURE, limit, effort, stop);
  }

  /**
   * Searches near a path, which need not be feasible.
   *
   * @param order its models
   * @see #run(long, double, StopSignal)
   */
  double runFrom(int[] order, long limit, double effort, StopSignal stop) {
    return run(order, NEAR_TEMPERATURE, limit, effort, stop);
  }

  private double run(
      int[] order, double firstTemperature, long limit, double effort, StopSignal stop) {
    steps = 0;
    served = found.served(limit);
    currentLength = order.length;
    System.arraycopy(order, 0, current, 0, order.length);
    if (userWorth == 0) {
      userWorth = (double) limit / Math.max(served, 1);
    }
    currentCost = Double.POSITIVE_INFINITY;
    while (steps < effort && !stop.isTimeUp()) {
      stop.throwIfCancelled();
      double progress = steps / effort;
      double temperature =
          limit * firstTemperature * StrictMath.pow(LAST_TEMPERATURE / firstTemperature, progress);
      System.arraycopy(current, 0, trial, 0, currentLength);
      trialLength = currentLength;
      ruin();
      recreate();
      int servedBefore = served;
      double cost = cost(limit, Math.min(served + 1, found.userCount()));
      if (served > servedBefore) {
        currentCost = Double.POSITIVE_INFINITY; // for it was the cost of fewer users
      }
      if (cost <= currentCost - temperature * StrictMath.log(uniform())) {
        currentCost = cost;
        currentLength = trialLength;
        int[] swapped = current;
        current = trial;
        trial = swapped;
      }
    }
    return steps;
  }

  /** Takes up to three strings of models out, near each other by what they share. */
  private void ruin() {
    Arrays.fill(isVisited, false);
    for (int i = 0; i < trialLength; i++) {
      isVisited[trial[i]] = true;
    }
    int strings = 1 + random(MOST_STRINGS);
    int seed = random(n);
    int[] others = nearest(seed);
    for (int i = -1; i < others.length && strings > 0 && trialLength > 0; i++) {
      int model = i < 0 ? seed : others[i];
      if (!isVisited[model]) {
        continue;
      }
      int place = 0;
      while (trial[place] != model) {
        place++;
      }
      int longest = Math.min(Math.max(trialLength / 4, 1), LONGEST_STRING);
      int length = 1 + random(longest);
      int from = Math.max(0, place - random(length));
      int to = Math.min(trialLength, from + length);
      for (int j = from; j < to; j++) {
        isVisited[trial[j]] = false;
      }
      System.arraycopy(trial, to, trial, from, trialLength - to);
      trialLength -= to - from;
      strings--;
    }
    steps += n;
  }

  /** Puts models in where they are worth their time, each at its cheapest place. */
  private void recreate() {
    prices.worthOfModels(userWorth * (0.9 + 0.3 * uniform()), worth);
    int count = chooseCandidates();
    for (int i = 0; i < trialLength; i++) {
      loads[i] = load(i == 0 ? PATH_START : trial[i - 1], trial[i]);
    }
    for (int i = 0; i < count; i++) {
      int model = candidates[i];
      int place = cheapestPlace(model);
      if (place >= 0 && (trialLength == 0 || insertionTime < worth[model])) {
        System.arraycopy(trial, place, trial, place + 1, trialLength - place);
        System.arraycopy(loads, place, loads, place + 1, trialLength - place);
        trial[place] = model;
        trialLength++;
        loads[place] = load(place == 0 ? PATH_START : trial[place - 1], model);
        if (place + 1 < trialLength) {
          loads[place + 1] = load(model, trial[place + 1]);
        }
      }
    }
  }

  private long load(int previous, int model) {
    return previous == PATH_START ? problem.start()[model] : problem.between()[previous][model];
  }

  /** Where the loads take least longer with a model put in, and {@link #insertionTime} how much. */
  private int cheapestPlace(int model) {
    long[][] between = problem.between();
    long[] onward = between[model];
    int place = -1;
    long least = Instance.NEVER;
    int blink = random(BLINK);
    long load = problem.start()[model];
    for (int i = 0; i < trialLength; i++) {
      int next = trial[i];
      long time = load + onward[next] - loads[i];
      if (time < least && (i & (BLINK - 1)) != blink) {
        least = time;
        place = i;
      }
      load = between[next][model];
    }
    if (load < least) {
      least = load;
      place = trialLength;
    }
    steps += 2 * trialLength + 4;
    insertionTime = least;
    return place;
  }

  /** The models that may be put in, in the order in which they are tried; returns how many. */
  private int chooseCandidates() {
    int by = random(3);
    int count = 0;
    int waiting = 0;
    for (int i = 0; i < n; i++) {
      if (!isVisited[i] && problem.service()[i].length > 1) {
        waiting++;
      }
    }
    double share = (double) MOST_WAITING / waiting;
    for (int model = 0; model < n; model++) {
      if (isVisited[model]
          || problem.service()[model].length <= 1
          || (share < 1 && uniform() > share)) {
        continue;
      }
      double key =
          switch (by) {
            case 0 -> uniform();
            case 1 -> -worth[model] * (0.8 + 0.4 * uniform());
            default -> problem.cold()[model] * (0.5 + uniform()) - worth[model];
          };
      int i = count++;
      while (i > 0 && priority[i - 1] > key) {
        priority[i] = priority[i - 1];
        candidates[i] = candidates[i - 1];
        i--;
      }
      priority[i] = key;
      candidates[i] = model;
    }
    steps += 2 * n + 8 * count;
    return count;
  }

  /**
   * What to minimise: the time to serve one user more than the best path does. Notes all times of
   * the trial that are better than those found so far, and adapts the worth of a user.
   */
  private double cost(long limit, int target) {
    Arrays.fill(isVisited, false);
    long time = 0;
    for (int i = 0; i < trialLength; i++) {
      isVisited[trial[i]] = true;
      time = Math.min(Instance.NEVER, time + loads[i] + problem.service()[trial[i]][1]);
    }
    int users = trialLength;
    int[] order = null;
    double cost = users >= target ? time : Double.NaN;
    for (int i = 0; ; i++) {
      if (found.isBetter(users, time)) {
        order = order == null ? Arrays.copyOf(trial, trialLength) : order;
        found.put(users, time, order);
        served = time <= limit ? Math.max(served, users) : served;
      }
      while (i < prices.size() && !isVisited[prices.model(i)]) {
        i++;
      }
      if (i == prices.size() || (users >= target && time > limit)) {
        steps += i + 4.0 * n;
        break;
      }
      users += prices.users(i);
      time = Math.min(Instance.NEVER, time + prices.time(i));
      if (users >= target && Double.isNaN(cost)) {
        cost = time;
      }
    }
    if (Double.isNaN(cost)) {
      userWorth = Math.min(userWorth * 1.02, Instance.NEVER);
      return time + (target - users) * 2 * userWorth;
    }
    userWorth *= 0.99;
    return cost;
  }

  /** The other models, those first after which this one loads soonest. */
  private int[] nearest(int model) {
    int[] others = nearest[model];
    if (others == null) {
      others =
          IntStream.range(0, n)
              .filter(other -> other != model)
              .boxed()
              .sorted(Comparator.comparingLong(other -> problem.between()[other][model]))
              .mapToInt(Integer::intValue)
              .toArray();
      nearest[model] = others;
      steps += 30.0 * n;
    }
    return others;
  }

  private int random(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** From the open interval between 0 and 1. */
  private double uniform() {
    return ((next() >>> 12) + 0.5) * 0x1p-52;
  }

  /** Marsaglia's xorshift: the JDK's generators cost more, or may change with its version. */
  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }
}
