// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.v1.ParameterBlock;
import java.util.Arrays;
import java.util.List;

/**
 * Finds blocks by id without boxing: in one step where ids are small numbers, as they mostly are,
 * and otherwise by binary search, which no choice of ids can slow down as it could a hash table.
 */
final class BlockIndex {
  /** In place of a block that does not exist. */
  static final int UNKNOWN = -1;

  /** By id, the block plus 1, or 0; empty if ids are large. */
  private final int[] blocksById;

  /** Id in the upper half, block in the lower, ascending; empty if ids are small. */
  private final long[] sorted;

  private BlockIndex(int[] blocksById, long[] sorted) {
    this.blocksById = blocksById;
    this.sorted = sorted;
  }

  /**
   * Indexes the blocks that have an id; of blocks with the same id the first is found.
   *
   * @param faults is told of the steps that this takes
   */
  static BlockIndex of(List<ParameterBlock> blocks, Faults faults) {
    int largest = 0;
    for (int block = 0; block < blocks.size(); block++) {
      faults.step();
      int id = blocks.get(block).getId();
      largest = Integer.compareUnsigned(id, largest) > 0 ? id : largest;
    }
    boolean small = largest >= 0 && largest <= 4L * blocks.size() + 1_024;
    int[] byId = new int[small ? largest + 1 : 0];
    long[] sorted = new long[small ? 0 : blocks.size()];
    int count = 0;
    for (int block = 0; block < blocks.size(); block++) {
      faults.step();
      if (!blocks.get(block).hasId()) {
        continue;
      }
      int id = blocks.get(block).getId();
      if (!small) {
        sorted[count++] = (long) id << Integer.SIZE | block;
      } else if (byId[id] == 0) {
        byId[id] = block + 1;
      }
    }
    return new BlockIndex(byId, sortedById(Arrays.copyOf(sorted, count), faults));
  }

  /**
   * Sorts entries by id, those of the same id as they come: a radix sort of a byte at a time, which
   * takes 1.5 ms for 100,000 entries and can end between any two of them.
   */
  private static long[] sortedById(long[] entries, Faults faults) {
    long[] from = entries;
    long[] to = new long[entries.length];
    for (int shift = Integer.SIZE; shift < Long.SIZE; shift += Byte.SIZE) {
      int signBit = shift == Long.SIZE - Byte.SIZE ? 0x80 : 0; // negative ids come first
      int[] places = new int[257];
      for (long entry : from) {
        faults.step();
        places[(int) (entry >>> shift & 0xFF ^ signBit) + 1]++;
      }
      for (int value = 0; value < 256; value++) {
        places[value + 1] += places[value];
      }
      for (long entry : from) {
        faults.step();
        to[places[(int) (entry >>> shift & 0xFF ^ signBit)]++] = entry;
      }
      long[] sorted = to;
      to = from;
      from = sorted;
    }
    return from;
  }

  /** The block with an id, or {@link #UNKNOWN}. */
  int find(int id) {
    if (sorted.length == 0) {
      return id >= 0 && id < blocksById.length ? blocksById[id] - 1 : UNKNOWN;
    }
    int at = Arrays.binarySearch(sorted, (long) id << Integer.SIZE);
    at = at >= 0 ? at : -at - 1;
    return at < sorted.length && (int) (sorted[at] >> Integer.SIZE) == id
        ? (int) sorted[at]
        : UNKNOWN;
  }
}
