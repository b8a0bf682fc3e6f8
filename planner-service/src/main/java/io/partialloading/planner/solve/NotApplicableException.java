// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

/** An algorithm does not apply to an instance. */
public final class NotApplicableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int[] blocks;

  /**
   * Says why.
   *
   * @param reason the reason, as a sentence for the caller
   * @param blocks the blocks it speaks of, if any
   */
  public NotApplicableException(String reason, int... blocks) {
    super(reason);
    this.blocks = blocks.clone();
  }

  /** The blocks that the reason speaks of. */
  public int[] blocks() {
    return blocks.clone();
  }
}
