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
    Ranges.isPositive(gpuMemory, path, "gpu_memory_bytes", faults);
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
    int faultsBefore = faults.count();
    long[] bytes = new long[profile.getPointsCount()];
    long[] times = new long[bytes.length];
    long lastBytes = 0;
    long lastTime = 0;
    for (int i = 0; i < bytes.length; i++) {
      faults.step();
      TransferPoint point = profile.getPoints(i);
      Path pointPath = profilePath.item("points", i);
      bytes[i] = point.getBytes();
      if (Ranges.isPositive(bytes[i], pointPath, "bytes", faults)) {
        if (bytes[i] <= lastBytes) {
          faults.add(
              pointPath.field("bytes"),
              bytes[i] + " is not more than the " + lastBytes + " before it");
        } else {
          lastBytes = bytes[i];
        }
      }
      Path timePath = pointPath.field("duration");
      times[i] = Ranges.time(point.getDuration(), timePath, faults);
      if (times[i] != Ranges.NO_TIME
          && Ranges.isNoLess(times[i], lastTime, "ns", timePath, faults)) {
        lastTime = times[i];
      }
    }
    return faults.count() == faultsBefore
        ? TransferTime.piecewiseLinear(bytes, times)
        : TransferTime.NONE;
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
    BitSet seen = new BitSet();
    for (int i = 0; i < resident.length; i++) {
      faults.step();
      int id = server.getResidentBlockIds(i);
      int block = blocks.blocks().find(id);
      if (block == BlockIndex.UNKNOWN) {
        faults.add(
            path.item("resident_block_ids", i), Integer.toUnsignedString(id) + " is not a block");
      } else if (seen.get(block)) {
        faults.add(
            path.item("resident_block_ids", i),
            Integer.toUnsignedString(id) + " is listed already");
      } else {
        seen.set(block);
        resident[count++] = block;
      }
    }
    return Arrays.copyOf(resident, count);
  }
}
