package io.partialloading.planner.instance;

/**
 * The time to bring blocks onto the GPU, V1 + V2 of equation (8): both transfer stages one after
 * the other.
 *
 * @param storageToHost V1
 * @param hostToGpu V2
 */
public record LoadTimes(TransferTime storageToHost, TransferTime hostToGpu) {
  /**
   * Rounding makes a load at most this many ns longer than its exact time, one for each stage. Time
   * bounds that add up parts of loads are short by no more than this a load.
   */
  public static final long ROUNDING_PER_LOAD = 2;

  /** Time of one load of {@code bytes}, in ns, saturated at {@link Instance#NEVER}. */
  public long time(long bytes) {
    return bytes == 0 ? 0 : latency() + streamingTime(bytes);
  }

  /** Fixed time of a load that moves anything, in ns, saturated at {@link Instance#NEVER}. */
  public long latency() {
    return saturatedSum(storageToHost.latency(), hostToGpu.latency());
  }

  /**
   * Time of {@code bytes} without the latency of the load, in ns, saturated at {@link
   * Instance#NEVER}. Non-decreasing in the bytes, and 0 for none.
   */
  public long streamingTime(long bytes) {
    return saturatedSum(storageToHost.streamingTime(bytes), hostToGpu.streamingTime(bytes));
  }

  private static long saturatedSum(long a, long b) {
    return Math.min(Math.min(a, Instance.NEVER) + Math.min(b, Instance.NEVER), Instance.NEVER);
  }
}
