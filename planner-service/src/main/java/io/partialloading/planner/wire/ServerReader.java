// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads the edge server: memory, transfer times, and what is on the GPU. */
final class ServerReader {
  private static final String GPU_MEMORY = "gpu_memory_bytes";
  private static final String RESIDENT_BLOCKS = "resident_block_ids";

  private final EdgeServer server;
  private final @Nullable Library library;
  private final Path path;
  private final Faults faults;

  private ServerReader(EdgeServer server, @Nullable Library library, Path path, Faults faults) {
    this.server = server;
    this.library = library;
    this.path = path;
    this.faults = faults;
  }

  /**
   * Reads a server.
   *
   * @param library the library whose blocks are loaded; null if there is none, which is a fault
   *     elsewhere
   */
  static Server read(EdgeServer server, @Nullable Library library, Path path, Faults faults) {
    return new ServerReader(server, library, path, faults).read();
  }

  private Server read() {
    long gpuMemory = server.getGpuMemoryBytes();
    if (Ranges.isPositive(gpuMemory, path, GPU_MEMORY, faults)
        && library != null
        && gpuMemory < library.smallestBlockBytes()) {
      faults.add(
          path.field(GPU_MEMORY),
          gpuMemory
              + " bytes are less than the smallest block of the library, "
              + library.smallestBlockBytes()
              + "; the unit is bytes");
    }
    TransferTime storageToHost =
        server.hasStorageToHost()
            ? transferTime(server.getStorageToHost(), path.field("storage_to_host"))
            : TransferTime.NONE;
    TransferTime hostToGpu =
        server.hasHostToGpu()
            ? transferTime(server.getHostToGpu(), path.field("host_to_gpu"))
            : TransferTime.NONE;
    if (library != null) {
      checkLoadsOf(library.largestModelBytes(), storageToHost, hostToGpu);
    }
    return new Server(
        gpuMemory,
        storageToHost,
        hostToGpu,
        new LoadTimes(storageToHost, hostToGpu),
        library == null ? new int[0] : residentBlocks(library));
  }

  private TransferTime transferTime(TransferProfile profile, Path profilePath) {
    switch (profile.getProfileCase()) {
      case AFFINE:
        return affine(profile.getAffine(), profilePath.field("affine"));
      case PIECEWISE_LINEAR:
        return piecewiseLinear(profile.getPiecewiseLinear(), profilePath.field("piecewise_linear"));
      default:
        faults.addMissing(profilePath.field("profile"));
        return TransferTime.NONE;
    }
  }

  private TransferTime affine(AffineTransfer affine, Path affinePath) {
    long latency = Ranges.time(affine.getLatency(), affinePath, "latency", faults);
    double rate = affine.getBytesPerSecond();
    return Ranges.isPositive(rate, affinePath, "bytes_per_second", faults)
            && latency != Ranges.NO_TIME
        ? TransferTime.affine(latency, rate)
        : TransferTime.NONE;
  }

  private TransferTime piecewiseLinear(PiecewiseLinearTransfer profile, Path profilePath) {
    if (profile.getPointsCount() == 0) {
      faults.add(profilePath.field("points"), "has no points");
      return TransferTime.NONE;
    }
    Faults entries = faults.ofEntries();
    long[] bytes = new long[profile.getPointsCount()];
    long[] times = new long[bytes.length];
    long lastBytes = 0;
    long lastTime = 0;
    for (int i = 0; i < bytes.length; i++) {
      entries.step();
      TransferPoint point = profile.getPoints(i);
      Path pointPath = profilePath.item("points", i);
      bytes[i] = point.getBytes();
      times[i] = Ranges.NO_TIME;
      if (Ranges.isPositive(bytes[i], pointPath, "bytes", entries)) {
        if (bytes[i] <= lastBytes) {
          entries.add(
              pointPath.field("bytes"),
              bytes[i] + " is not more than the " + lastBytes + " before it");
        } else {
          lastBytes = bytes[i];
          times[i] = Ranges.time(point.getDuration(), pointPath, "duration", entries);
        }
      }
      if (times[i] != Ranges.NO_TIME
          && Ranges.isNoLess(times[i], lastTime, "ns", pointPath.field("duration"), entries)) {
        lastTime = times[i];
      }
    }
    if (entries.count() > 0) {
      faults.addFirst(entries);
      return TransferTime.NONE;
    }
    return TransferTime.piecewiseLinear(bytes, times);
  }

  /** Checks that loads of up to so many bytes take no longer than 64-bit nanoseconds can say. */
  private void checkLoadsOf(long bytes, TransferTime storageToHost, TransferTime hostToGpu) {
    if (bytes == 0) {
      return;
    }
    long first = storageToHost.time(bytes);
    long second = hostToGpu.time(bytes);
    if (first == Long.MAX_VALUE) {
      reportLongLoad(path.field("storage_to_host"), bytes);
    }
    if (second == Long.MAX_VALUE) {
      reportLongLoad(path.field("host_to_gpu"), bytes);
    }
    if (first < Long.MAX_VALUE && second < Long.MAX_VALUE && first > Long.MAX_VALUE - second) {
      reportLongLoad(path, bytes);
    }
  }

  private void reportLongLoad(Path field, long bytes) {
    faults.add(field, "loading a model of " + bytes + " bytes takes longer than 2^63 - 1 ns");
  }

  private int[] residentBlocks(Library blocks) {
    int[] resident = new int[server.getResidentBlockIdsCount()];
    int count = 0;
    long bytes = 0;
    BitSet seen = new BitSet();
    for (int i = 0; i < resident.length; i++) {
      faults.step();
      int id = server.getResidentBlockIds(i);
      int block = blocks.blocks().find(id);
      if (block == BlockIndex.UNKNOWN) {
        faults.add(path.item(RESIDENT_BLOCKS, i), Integer.toUnsignedString(id) + " is not a block");
      } else if (seen.get(block)) {
        faults.add(
            path.item(RESIDENT_BLOCKS, i), Integer.toUnsignedString(id) + " is listed already");
      } else {
        seen.set(block);
        resident[count++] = block;
        // Once the sum has overflowed it stays negative.
        bytes = bytes < 0 ? bytes : bytes + blocks.blockBytes()[block];
      }
    }
    long gpuMemory = server.getGpuMemoryBytes();
    if (gpuMemory > 0 && (bytes < 0 || bytes > gpuMemory)) {
      faults.add(
          path.field(RESIDENT_BLOCKS),
          (bytes < 0 ? "more than 2^63 - 1" : bytes)
              + " bytes together, more than the "
              + gpuMemory
              + " of "
              + GPU_MEMORY);
    }
    return Arrays.copyOf(resident, count);
  }
}
