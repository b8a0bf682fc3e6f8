package io.partialloading.planner.wire;

import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.TransferProfile;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads the edge server: memory, transfer times, and what is on the GPU. */
final class ServerReader {
  static final Path SERVER = Path.REQUEST.field("edge_server");

  private final EdgeServer server;
  private final @Nullable Library library;
  private final Faults faults;

  private ServerReader(EdgeServer server, @Nullable Library library, Faults faults) {
    this.server = server;
    this.library = library;
    this.faults = faults;
  }

  /**
   * Reads a server.
   *
   * @param library the library whose blocks are loaded; null if there is none, which is a fault
   *     elsewhere
   */
  static Server read(EdgeServer server, @Nullable Library library, Faults faults) {
    return new ServerReader(server, library, faults).read();
  }

  private Server read() {
    long gpuMemory = server.getGpuMemoryBytes();
    Ranges.isPositive(gpuMemory, SERVER, "gpu_memory_bytes", faults);
    TransferTime storageToHost =
        server.hasStorageToHost()
            ? transferTime(server.getStorageToHost(), SERVER.field("storage_to_host"))
            : TransferTime.NONE;
    TransferTime hostToGpu =
        server.hasHostToGpu()
            ? transferTime(server.getHostToGpu(), SERVER.field("host_to_gpu"))
            : TransferTime.NONE;
    checkWholeLoads(storageToHost, hostToGpu);
    return new Server(gpuMemory, new LoadTimes(storageToHost, hostToGpu), residentBlocks());
  }

  private TransferTime transferTime(TransferProfile profile, Path path) {
    switch (profile.getProfileCase()) {
      case AFFINE:
        return affine(profile.getAffine(), path.field("affine"));
      case PIECEWISE_LINEAR:
        faults.addUnsupported(path.field("piecewise_linear"));
        return TransferTime.NONE;
      default:
        faults.add(path.field("profile"), "is missing");
        return TransferTime.NONE;
    }
  }

  private TransferTime affine(AffineTransfer affine, Path path) {
    long latency = Ranges.time(affine.getLatency(), path, "latency", faults);
    double rate = affine.getBytesPerSecond();
    return Ranges.isPositive(rate, path, "bytes_per_second", faults) && latency != Ranges.NO_TIME
        ? TransferTime.affine(latency, rate)
        : TransferTime.NONE;
  }

  /** Checks that the largest model of the library loads in 64-bit nanoseconds. */
  private void checkWholeLoads(TransferTime storageToHost, TransferTime hostToGpu) {
    long bytes = 0;
    if (library != null) {
      for (Library.LibraryModel model : library.models()) {
        bytes = Math.max(bytes, model.bytes());
      }
    }
    if (bytes == 0) {
      return;
    }
    double first = storageToHost.time(bytes);
    double second = hostToGpu.time(bytes);
    if (first >= 0x1p63) {
      reportLongLoad(SERVER.field("storage_to_host"), bytes);
    }
    if (second >= 0x1p63) {
      reportLongLoad(SERVER.field("host_to_gpu"), bytes);
    }
    if (first < 0x1p63 && second < 0x1p63 && first + second >= 0x1p63) {
      reportLongLoad(SERVER, bytes);
    }
  }

  private void reportLongLoad(Path path, long bytes) {
    faults.add(path, "loading a model of " + bytes + " bytes takes longer than 2^63 - 1 ns");
  }

  private int[] residentBlocks() {
    if (library == null) {
      return new int[0];
    }
    int[] blocks = new int[server.getResidentBlockIdsCount()];
    int count = 0;
    BitSet seen = new BitSet();
    for (int i = 0; i < blocks.length; i++) {
      int id = server.getResidentBlockIds(i);
      int block = library.blocks().find(id);
      if (block == BlockIndex.UNKNOWN) {
        faults.add(
            SERVER.item("resident_block_ids", i), Integer.toUnsignedString(id) + " is not a block");
      } else if (seen.get(block)) {
        faults.add(
            SERVER.item("resident_block_ids", i),
            Integer.toUnsignedString(id) + " is listed already");
      } else {
        seen.set(block);
        blocks[count++] = block;
      }
    }
    return Arrays.copyOf(blocks, count);
  }
}
