// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.sharing;

/** How models share blocks, from the simplest to the most intricate. */
public enum SharingStructure {
  /** No block is in two models. */
  NONE,

  /**
   * Clustered bottom-layer sharing (Definition 2): within a component every model's shared blocks
   * are a prefix, from the bottom, of one ordered list.
   */
  BOTTOM_LAYER,

  /** For any two blocks, the sets of models that contain them are nested or disjoint. */
  NESTED,

  /** Anything else. */
  GENERAL
}
