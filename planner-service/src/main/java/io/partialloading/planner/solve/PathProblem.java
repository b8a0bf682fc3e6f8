// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

/**
 * Which models of a component to visit, in which order, and how many users to serve at each: a path
 * through some of its models. Times are in ns.
 *
 * @param service by model, the time to serve so many of its users once it is loaded, from 0 upwards
 * @param between {@code between[a][b]}: time to load b after a, at most {@code cold[b]}
 * @param cold time to load a model after nothing that shares a block with it
 * @param start time to load a model at the path's beginning, at most {@code cold}
 */
record PathProblem(long[][] service, long[][] between, long[] cold, long[] start) {
  int modelCount() {
    return service.length;
  }

  /** Number of users of all models together. */
  int userCount() {
    int users = 0;
    for (long[] times : service) {
      users += times.length - 1;
    }
    return users;
  }
}
