// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import java.math.BigInteger;
import java.util.List;

/**
 * What follows from the request for a batch of a schedule, given its model, users and fractions and
 * the batch before it.
 *
 * @param modelKnown whether the model is in the library; if not, the batch loads and computes
 *     nothing
 * @param loadBlocks the blocks to load, in the model's order
 * @param loadBytes their size
 * @param reusedBytes size of the model's other blocks
 * @param uploadKnown whether every grant can be timed; if not, the times are those of the others
 * @param leastUpload exact upload time in ns, rounded down
 * @param upload upload time in ns with the planner's rounding, at least {@code leastUpload}
 * @param load load time in ns
 * @param computeKnown whether the model tells how long a batch of that size computes
 * @param compute computing time in ns; if not known, that of the largest batch it tells of
 */
record RequiredBatch(
    boolean modelKnown,
    List<Integer> loadBlocks,
    long loadBytes,
    long reusedBytes,
    boolean uploadKnown,
    BigInteger leastUpload,
    BigInteger upload,
    BigInteger load,
    boolean computeKnown,
    BigInteger compute) {

  /** Upload, load and computing together, in ns. */
  BigInteger duration() {
    return upload.add(load).add(compute);
  }
}
