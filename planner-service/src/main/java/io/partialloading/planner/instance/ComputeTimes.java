package io.partialloading.planner.instance;

/**
 * The time to compute a batch of one model, equation (9).
 *
 * @param perBatch β in ns, at least 0
 * @param perSample μ in ns, at least 0
 */
public record ComputeTimes(long perBatch, long perSample) {
  public ComputeTimes {
    if (perBatch < 0 || perSample < 0) {
      throw new IllegalArgumentException(
          "per batch = %d ns, per sample = %d ns".formatted(perBatch, perSample));
    }
  }

  /** Time of a batch of {@code size} users, in ns; {@link Long#MAX_VALUE} where it overflows. */
  public long time(int size) {
    return perSample > (Long.MAX_VALUE - perBatch) / size
        ? Long.MAX_VALUE
        : perBatch + perSample * size;
  }
}
