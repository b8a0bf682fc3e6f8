// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.BatchTable;
import io.partialloading.planner.v1.BatchLatencyPoint;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.BatchMemoryPoint;
import io.partialloading.planner.v1.MemoryTable;
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

  /** The times of batches in ns; null if the table has a fault. */
  @Nullable BatchTable read(BatchLatencyTable table, Path path) {
    int count = table.getLatencyCount();
    int pointCount = table.getPointsCount();
    if (!isOneOf("latency", count, pointCount, path)) {
      return null;
    }
    Faults entries = faults.ofEntries();
    int[] sizes = new int[pointCount];
    long[] times = new long[count + pointCount];
    for (int i = 0; i < count; i++) {
      entries.step();
      times[i] = Ranges.time(table.getLatency(i), path.item("latency", i), entries);
    }
    int lastSize = 0;
    for (int i = 0; i < pointCount; i++) {
      entries.step();
      BatchLatencyPoint point = table.getPoints(i);
      Path pointPath = path.item("points", i);
      sizes[i] = point.getBatchSize();
      if (isNext(sizes[i], lastSize, pointPath, entries)) {
        lastSize = sizes[i];
        if (point.hasLatency()) {
          times[i] = Ranges.time(point.getLatency(), pointPath, "latency", entries);
        } else {
          entries.addMissing(pointPath.field("latency"));
        }
      }
    }
    return table(sizes, times, entries);
  }

  /** The memory of batches in bytes; null if the table has a fault. */
  @Nullable BatchTable read(MemoryTable table, Path path) {
    int count = table.getBytesCount();
    int pointCount = table.getPointsCount();
    if (!isOneOf("bytes", count, pointCount, path)) {
      return null;
    }
    Faults entries = faults.ofEntries();
    int[] sizes = new int[pointCount];
    long[] bytes = new long[count + pointCount];
    for (int i = 0; i < count; i++) {
      entries.step();
      bytes[i] = table.getBytes(i);
      Ranges.isSigned(bytes[i], path.item("bytes", i), entries);
    }
    int lastSize = 0;
    for (int i = 0; i < pointCount; i++) {
      entries.step();
      BatchMemoryPoint point = table.getPoints(i);
      Path pointPath = path.item("points", i);
      sizes[i] = point.getBatchSize();
      if (isNext(sizes[i], lastSize, pointPath, entries)) {
        lastSize = sizes[i];
        bytes[i] = point.getBytes();
        Ranges.isSigned(bytes[i], pointPath, "bytes", entries);
      }
    }
    return table(sizes, bytes, entries);
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
