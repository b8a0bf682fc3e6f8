package io.partialloading.planner.instance;

/**
 * The time one transfer stage takes to move a number of bytes in one load: a fixed latency plus
 * bytes over rate, rounded up to a nanosecond. No bytes take no time.
 *
 * <p>The function is subadditive, rounding included, which is what makes visiting a sharing
 * component in one run, and dropping a model from a plan, never longer.
 *
 * @param latency time of a load that moves anything, in ns, at least 0
 * @param bytesPerSecond rate, above 0; infinite for a stage that takes only its latency
 */
public record TransferTime(long latency, double bytesPerSecond) {
  /** A stage that takes no time. */
  public static final TransferTime NONE = new TransferTime(0, Double.POSITIVE_INFINITY);

  public TransferTime {
    if (latency < 0 || !(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "latency = %d ns, rate = %s B/s".formatted(latency, bytesPerSecond));
    }
  }

  /** Time of the bytes alone, without latency, in ns; {@link Long#MAX_VALUE} where it overflows. */
  public long streamingTime(long bytes) {
    return (long) Math.ceil(bytes * 1e9 / bytesPerSecond);
  }
}
