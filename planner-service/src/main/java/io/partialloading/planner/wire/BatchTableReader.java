// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BatchTable;
import io.partialloading.planner.v1.BatchLatencyPoint;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.MemoryTable;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was measured of batches: of every size, or of some. A batch may always run as a larger
 * one, so it has the least value of its size and all larger ones: a value above a later one is
 * noise, and no fault. The entries of a table have one fault together.
 */
final class BatchTableReader {
  private final Faults faults;

  BatchTableReader(Faults faults) {
    this.faults = faults;
  }

  /** Reads and checks the value of an entry at its path. */
  private interface Value {
    long read(int entry, Path path, Faults faults);
  }

  /** The times of batches in ns; null if the table has a fault. */
  @Nullable BatchTable read(BatchLatencyTable table, Path path) {
    return read(
        "latency",
        table.getLatencyCount(),
        table.getPointsCount(),
        i -> table.getPoints(i).getBatchSize(),
        path,
        (i, entry, entries) -> Ranges.time(table.getLatency(i), entry, entries),
        (i, entry, entries) -> {
          BatchLatencyPoint point = table.getPoints(i);
          if (point.hasLatency()) {
            return Ranges.time(point.getLatency(), entry, entries);
          }
          entries.addMissing(entry);
          return Ranges.NO_TIME;
        });
  }

  /** The memory of batches in bytes; null if the table has a fault. */
  @Nullable BatchTable read(MemoryTable table, Path path) {
    return read(
        "bytes",
        table.getBytesCount(),
        table.getPointsCount(),
        i -> table.getPoints(i).getBatchSize(),
        path,
        (i, entry, entries) -> bytes(table.getBytes(i), entry, entries),
        (i, entry, entries) -> bytes(table.getPoints(i).getBytes(), entry, entries));
  }

  private static long bytes(long bytes, Path entry, Faults entries) {
    Ranges.isSigned(bytes, entry, entries);
    return bytes;
  }

  /**
   * Reads a table.
   *
   * @param field the name of the values, of every size as of points
   * @param count number of values that are of every size
   * @param sizeOfPoint size by point
   */
  private @Nullable BatchTable read(
      String field,
      int count,
      int pointCount,
      IntUnaryOperator sizeOfPoint,
      Path path,
      Value ofEach,
      Value ofPoint) {
    if (!isOneOf(field, count, pointCount, path)) {
      return null;
    }
    Faults entries = faults.ofEntries();
    int[] sizes = new int[pointCount];
    long[] values = new long[count + pointCount];
    for (int i = 0; i < count; i++) {
      entries.step();
      values[i] = ofEach.read(i, path.item(field, i), entries);
    }
    int lastSize = 0;
    for (int i = 0; i < pointCount; i++) {
      entries.step();
      sizes[i] = sizeOfPoint.applyAsInt(i);
      Path point = path.item("points", i);
      if (isNext(sizes[i], lastSize, point, entries)) {
        lastSize = sizes[i];
        values[i] = ofPoint.read(i, point.field(field), entries);
      }
    }
    return table(sizes, values, entries);
  }

  private boolean isOneOf(String field, int count, int pointCount, Path table) {
    if (count > 0 != pointCount > 0) {
      return true;
    }
    faults.add(
        table,
        count > 0 ? "has both " + field + " and points" : "has neither " + field + " nor points");
    return false;
  }

  /** Checks that a size is in range and larger than the last good one before it. */
  private static boolean isNext(int size, int last, Path point, Faults entries) {
    if (size == 0) {
      entries.add(point.field("batch_size"), "0 is not positive");
    } else if (size < 0) {
      entries.add(point.field("batch_size"), Integer.toUnsignedString(size) + " exceeds 2^31 - 1");
    } else if (size <= last) {
      entries.add(point.field("batch_size"), size + " is not more than the " + last + " before it");
    } else {
      return true;
    }
    return false;
  }

  /** The table of the least values from each size on. */
  private @Nullable BatchTable table(int[] sizes, long[] values, Faults entries) {
    if (entries.count() > 0) {
      faults.addFirst(entries);
      return null;
    }
    for (int i = values.length - 2; i >= 0; i--) {
      faults.step();
      values[i] = Math.min(values[i], values[i + 1]);
    }
    return sizes.length == 0 ? BatchTable.ofEach(values) : BatchTable.of(sizes, values);
  }
}
