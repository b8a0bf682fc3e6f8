// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/**
 * What came of one plan.
 *
 * @param users users waiting
 * @param served users served, as the verifier counts them
 * @param bound users that no plan exceeds, as the answer says
 * @param proven whether the answer says that no plan serves more
 * @param planningNanos how long planning took on the server, in ns
 */
record Outcome(int users, int served, int bound, boolean proven, long planningNanos) {}
