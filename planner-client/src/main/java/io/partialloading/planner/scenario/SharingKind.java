// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Which layers a fine-tuned model shares with its ancestor: the paper's two cases. */
public enum SharingKind {
  /** The first layers, from the input side (Definition 2; also called backbone sharing). */
  BOTTOM_LAYER("bottom-layer"),

  /** Layers at arbitrary positions, but never the last. */
  GENERAL("general");

  private final String id;

  SharingKind(String id) {
    this.id = id;
  }

  /** The name by which files and command lines know it, such as {@code bottom-layer}. */
  public String id() {
    return id;
  }

  /**
   * Chooses the positions of the shared layers.
   *
   * @param layers number of layers of the model
   * @param share share of them that is to be shared, 0 to 1
   */
  BitSet sharedLayers(int layers, double share, SplittableRandom random) {
    int wanted = (int) Math.round(share * layers);
    BitSet shared = new BitSet(layers);
    switch (this) {
      case BOTTOM_LAYER -> shared.set(0, wanted);
      case GENERAL -> {
        int eligible = layers - 1;
        int remaining = Math.min(wanted, eligible);
        // Selection sampling (Knuth, The Art of Computer Programming 2, Algorithm 3.4.2 S): every
        // set
        // of positions is equally likely.
        for (int position = 0; position < eligible; position++) {
          if (random.nextInt(eligible - position) < remaining) {
            shared.set(position);
            remaining--;
          }
        }
      }
    }
    return shared;
  }
}
