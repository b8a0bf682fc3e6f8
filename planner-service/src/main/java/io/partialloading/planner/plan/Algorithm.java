// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

/** The planner's own algorithm, and those of the paper to compare with. */
public enum Algorithm {
  ADAPTIVE,
  PARTIAL_LOADING_SPEC,
  PARTIAL_LOADING_GEN,
  INDEPENDENT_LOADING,
  EXHAUSTIVE_SEARCH,
  MAXIMUM_OVERLAP
}
