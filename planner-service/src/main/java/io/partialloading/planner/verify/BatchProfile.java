// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What batches of a model take: computing time (9) and memory (10c). */
final class BatchProfile {
  private final Model model;
  private final @Nullable MeasuredBatches times;
  private final @Nullable MeasuredBatches bytes;

  /**
   * The profile of a model. Linear in its tables.
   *
   * @param checkpoint is run several times a millisecond
   */
  BatchProfile(Model model, Runnable checkpoint) {
    this.model = model;
    this.times =
        model.getCompute().hasTable() ? measured(model.getCompute().getTable(), checkpoint) : null;
    this.bytes =
        model.getMemory().hasTable() ? measured(model.getMemory().getTable(), checkpoint) : null;
  }

  private static MeasuredBatches measured(BatchLatencyTable table, Runnable checkpoint) {
    int count = table.getLatencyCount() + table.getPointsCount();
    int[] sizes = new int[count];
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      if (i % MeasuredBatches.BETWEEN_CHECKPOINTS == 0) {
        checkpoint.run();
      }
      boolean isPoint = table.getLatencyCount() == 0;
      sizes[i] = isPoint ? table.getPoints(i).getBatchSize() : i + 1;
      times[i] =
          Nanoseconds.of(isPoint ? table.getPoints(i).getLatency() : table.getLatency(i))
              .longValueExact();
    }
    return new MeasuredBatches(sizes, times, checkpoint);
  }

  private static MeasuredBatches measured(MemoryTable table, Runnable checkpoint) {
    int count = table.getBytesCount() + table.getPointsCount();
    int[] sizes = new int[count];
    long[] bytes = new long[count];
    for (int i = 0; i < count; i++) {
      if (i % MeasuredBatches.BETWEEN_CHECKPOINTS == 0) {
        checkpoint.run();
      }
      boolean isPoint = table.getBytesCount() == 0;
      sizes[i] = isPoint ? table.getPoints(i).getBatchSize() : i + 1;
      bytes[i] = isPoint ? table.getPoints(i).getBytes() : table.getBytes(i);
    }
    return new MeasuredBatches(sizes, bytes, checkpoint);
  }

  /** The largest batch that the runtime takes and the model's tables tell of. */
  int largestBatch() {
    int largest = Integer.MAX_VALUE;
    if (model.getMaxBatchSize() != 0) {
      largest = (int) Math.min(largest, Integer.toUnsignedLong(model.getMaxBatchSize()));
    }
    if (times != null) {
      largest = Math.min(largest, times.largest());
    }
    return bytes == null ? largest : Math.min(largest, bytes.largest());
  }

  /** Whether the computing time of a batch is known: it is not larger than a table of times. */
  boolean computeIsKnown(int size) {
    return times == null || size <= times.largest();
  }

  /**
   * Time to compute a batch in ns. One of nobody computes what is fixed, one beyond the table of
   * times as long as the largest in it.
   *
   * @param stretch how many times as long computing is planned to take
   */
  BigInteger computeTime(int size, BigDecimal stretch) {
    if (times != null) {
      return Nanoseconds.stretched(BigInteger.valueOf(times.of(size)), stretch);
    }
    AffineCompute affine = model.getCompute().getAffine();
    return Nanoseconds.stretched(affine.getPerBatch(), stretch)
        .add(times(Nanoseconds.stretched(affine.getPerSample(), stretch), size));
  }

  /**
   * Memory of a batch in bytes: that of its profile, and at least that of the model's blocks.
   *
   * @param size at most {@link #largestBatch()}
   * @param blockBytes size of the model's blocks together
   */
  BigInteger memory(int size, long blockBytes) {
    AffineMemory affine = model.getMemory().getAffine(); // nothing where it is not set
    BigInteger ofProfile =
        bytes != null
            ? BigInteger.valueOf(bytes.of(size))
            : BigInteger.valueOf(affine.getFixedBytes())
                .add(times(BigInteger.valueOf(affine.getBytesPerSample()), size));
    return ofProfile.max(BigInteger.valueOf(blockBytes));
  }

  private static BigInteger times(BigInteger value, int factor) {
    return value.multiply(BigInteger.valueOf(factor));
  }
}
