// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

/**
 * One stay of a plan at a model: it is loaded once and serves its cheapest users.
 *
 * @param model the model
 * @param count number of users served, at least 1
 */
public record Visit(int model, int count) {}
