// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What it takes to serve more users than the first of each visited model: the segments of the
 * service curves' convex hulls, cheapest a user first. Taking them in this order, those of visited
 * models alone, serves each count on the way in the least time that the hulls allow; the curves
 * themselves pass through the ends of their segments.
 */
final class Prices {
  private final long[][] service;
  // By segment, in ascending price: its model, users, and time in ns.
  private final int[] models;
  private final int[] users;
  private final long[] times;
  private final double[] prices;

  /**
   * A segment.
   *
   * @param price time a user; not below that of the model's segment before, whatever the rounding
   */
  private record Segment(int model, int users, long time, double price) {}

  /**
   * The prices of some models; O(K log K) for K users.
   *
   * @param service by model, the service times by count
   */
  Prices(long[][] service) {
    this.service = service;
    List<Segment> segments = new ArrayList<>();
    for (int model = 0; model < service.length; model++) {
      addHull(model, segments);
    }
    segments.sort(Comparator.comparingDouble(Segment::price)); // stable: a model's keep their order
    int size = segments.size();
    this.models = new int[size];
    this.users = new int[size];
    this.times = new long[size];
    this.prices = new double[size];
    for (int i = 0; i < size; i++) {
      Segment segment = segments.get(i);
      models[i] = segment.model();
      users[i] = segment.users();
      times[i] = segment.time();
      prices[i] = segment.price();
    }
  }

  /** Andrew's monotone chain from a model's first user on. */
  private void addHull(int model, List<Segment> segments) {
    long[] curve = service[model];
    int[] vertices = new int[curve.length];
    int size = 0;
    for (int k = 1; k < curve.length; k++) {
      while (size > 1
          && price(curve, vertices[size - 2], vertices[size - 1])
              > price(curve, vertices[size - 1], k)) {
        size--;
      }
      vertices[size++] = k;
    }
    double least = 0;
    for (int i = 1; i < size; i++) {
      int from = vertices[i - 1];
      int to = vertices[i];
      least = Math.max(least, price(curve, from, to));
      segments.add(new Segment(model, to - from, curve[to] - curve[from], least));
    }
  }

  private static double price(long[] curve, int from, int to) {
    return (double) (curve[to] - curve[from]) / (to - from);
  }

  /** Number of segments. */
  int size() {
    return models.length;
  }

  int model(int segment) {
    return models[segment];
  }

  int users(int segment) {
    return users[segment];
  }

  long time(int segment) {
    return times[segment];
  }

  /**
   * By how much the users that a model would serve are worth more than serving them takes, in ns:
   * how long its load may take.
   *
   * @param userWorth worth of each user, in ns
   * @param worth the result by model
   */
  void worthOfModels(double userWorth, double[] worth) {
    for (int model = 0; model < service.length; model++) {
      worth[model] = service[model].length > 1 ? userWorth - service[model][1] : 0;
    }
    for (int i = 0; i < models.length && prices[i] < userWorth; i++) {
      worth[models[i]] += userWorth * users[i] - times[i];
    }
  }
}
