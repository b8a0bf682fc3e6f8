package io.partialloading.planner.instance;

import java.util.Arrays;

/**
 * The least time to serve the k cheapest users of a model once it is loaded, for every k that fits in
 * the latency budget. Everything about radio, memory and compute of a model is in its curve; solvers
 * need nothing else of it.
 *
 * <p>By Theorem 2 a model's users are served in consecutive batches, cheapest upload first. How k users
 * fall into batches depends on the bandwidth:
 *
 * <ul>
 *   <li>Optimal shares: an upload costs the same in any batch, so only the number of batches counts;
 *       all are full but the last (Theorem 2.2, equation (17)).
 *   <li>Equal sub-channels: a batch costs its longest upload, and with the n-th longest batch maximum
 *       no smaller than the user ((n-1)·b)-th from the top, the least sum has all batches full but the
 *       <em>first</em>. The paper's algorithms keep (17) as printed.
 * </ul>
 *
 * Non-decreasing in k. Built in O(K) for the K users of the model.
 */
public final class ServiceCurve {
  private final long[] times;
  private final int largestBatch;
  private final boolean fullBatchesFirst;

  private ServiceCurve(long[] times, int largestBatch, boolean fullBatchesFirst) {
    this.times = times;
    this.largestBatch = largestBatch;
    this.fullBatchesFirst = fullBatchesFirst;
  }

  /**
   * The curve of one model.
   *
   * @param uploadTimes full-band upload times of its users in reach, ascending, in ns
   * @param compute computing time of its batches
   * @param largestBatch most users of a batch by memory, at least 0
   * @param sharing how a batch shares the band
   * @param asPrinted whether to split by (17) even where another split takes less time
   * @param budget latency budget in ns; counts that take longer are left out
   */
  static ServiceCurve of(
      long[] uploadTimes,
      ComputeTimes compute,
      int largestBatch,
      BandwidthSharing sharing,
      boolean asPrinted,
      long budget) {
    int batch = Math.min(largestBatch, sharing.largestBatch());
    boolean fullFirst = sharing.isOptimal() || asPrinted;
    if (batch == 0) {
      return new ServiceCurve(new long[1], 0, fullFirst);
    }
    long[] times = new long[uploadTimes.length + 1];
    int count = 1;
    long upload = 0;
    for (; count <= uploadTimes.length; count++) {
      // Extends the curve by one user: the batch that changes ends with it, and the batches before
      // that one are those of a smaller count, which has its time already.
      int size = fullFirst ? (count - 1) % batch + 1 : Math.min(batch, count);
      upload = sharing.extendedUploadTime(size == 1 ? 0 : upload, uploadTimes[count - 1]);
      long computing = compute.time(size);
      long before = times[count - size];
      if (upload > budget || computing > budget || upload + computing > budget - before) {
        break;
      }
      times[count] = before + upload + computing;
    }
    return new ServiceCurve(
        count == times.length ? times : Arrays.copyOf(times, count), batch, fullFirst);
  }

  /** The most users that fit in the budget, loading aside. */
  public int maxCount() {
    return times.length - 1;
  }

  /** Time to serve the {@code count} cheapest users, in ns, at most the budget; 0 for none. */
  public long time(int count) {
    return times[count];
  }

  /** The times by count, from 0 to {@link #maxCount()}; not to be modified. */
  public long[] times() {
    return times;
  }

  /** Sizes of the batches that serve {@code count} users, in their order. */
  public int[] batchSizes(int count) {
    int batches = count == 0 ? 0 : (count - 1) / largestBatch + 1;
    int[] sizes = new int[batches];
    Arrays.fill(sizes, largestBatch);
    if (batches > 0) {
      sizes[fullBatchesFirst ? batches - 1 : 0] = count - (batches - 1) * largestBatch;
    }
    return sizes;
  }

  /** The largest batch that memory and bandwidth allow; 0 where not even one user fits. */
  public int largestBatch() {
    return largestBatch;
  }
}
