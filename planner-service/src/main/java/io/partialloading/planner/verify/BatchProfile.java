// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.MemoryProfile;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import java.math.BigDecimal;
import java.math.BigInteger;

/** What batches of a model take: computing time (9) and memory (10c). */
final class BatchProfile {
  private final Model model;

  BatchProfile(Model model) {
    this.model = model;
  }

  /** The largest batch that the model's tables tell of; no limit without tables. */
  int largestMeasured() {
    int largest = Integer.MAX_VALUE;
    if (model.getCompute().hasTable()) {
      largest = model.getCompute().getTable().getLatencyCount();
    }
    if (model.getMemory().hasTable()) {
      largest = Math.min(largest, model.getMemory().getTable().getBytesCount());
    }
    return largest;
  }

  /** Whether the computing time of a batch is known: it is not larger than a table of times. */
  boolean computeIsKnown(int size) {
    return !model.getCompute().hasTable()
        || size <= model.getCompute().getTable().getLatencyCount();
  }

  /**
   * Time to compute a batch in ns. One of nobody computes what is fixed, one beyond the table of
   * times as long as the largest in it.
   *
   * @param stretch how many times as long computing is planned to take
   */
  BigInteger computeTime(int size, BigDecimal stretch) {
    ComputeProfile profile = model.getCompute();
    return switch (profile.getProfileCase()) {
      case AFFINE -> {
        AffineCompute affine = profile.getAffine();
        yield Nanoseconds.stretched(affine.getPerBatch(), stretch)
            .add(times(Nanoseconds.stretched(affine.getPerSample(), stretch), size));
      }
      case TABLE -> {
        BatchLatencyTable table = profile.getTable();
        int entry = Math.min(size, table.getLatencyCount()) - 1;
        yield entry < 0 ? BigInteger.ZERO : Nanoseconds.stretched(table.getLatency(entry), stretch);
      }
      case PROFILE_NOT_SET -> throw new IllegalArgumentException("a model without compute");
    };
  }

  /** Memory of a batch that is at most {@link #largestMeasured()}, in bytes. */
  BigInteger memory(int size) {
    MemoryProfile profile = model.getMemory();
    return switch (profile.getProfileCase()) {
      case AFFINE -> {
        AffineMemory affine = profile.getAffine();
        yield BigInteger.valueOf(affine.getFixedBytes())
            .add(times(BigInteger.valueOf(affine.getBytesPerSample()), size));
      }
      case TABLE -> {
        MemoryTable table = profile.getTable();
        yield size == 0 ? BigInteger.ZERO : BigInteger.valueOf(table.getBytes(size - 1));
      }
      case PROFILE_NOT_SET -> BigInteger.ZERO; // memory does not limit the batch
    };
  }

  private static BigInteger times(BigInteger value, int factor) {
    return value.multiply(BigInteger.valueOf(factor));
  }
}
