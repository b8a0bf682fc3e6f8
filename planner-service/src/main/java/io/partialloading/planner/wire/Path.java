// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where a field is in a message. Becomes text only for a fault: a good request costs no strings.
 *
 * @param parent the message that has the field; null only for {@link #ROOT}
 * @param name the field's name in the contract
 * @param index the element meant of a repeated field, or {@link #WHOLE}
 */
record Path(@Nullable Path parent, String name, int index) {
  private static final int WHOLE = -1;

  /** The message that the caller sent. */
  static final Path ROOT = new Path(null, "", WHOLE);

  /** A field of the message at this path. */
  Path field(String field) {
    return new Path(this, field, WHOLE);
  }

  /** An element of a repeated field of the message at this path. */
  Path item(String field, int element) {
    return new Path(this, field, element);
  }

  /** The path as a caller writes it, such as {@code block_library.models[3].block_ids[0]}. */
  @Override
  public String toString() {
    String own = index == WHOLE ? name : name + "[" + index + "]";
    return parent == null || parent.parent == null ? own : parent + "." + own;
  }
}
