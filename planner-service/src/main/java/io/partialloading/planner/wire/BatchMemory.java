package io.partialloading.planner.wire;

/**
 * The peak GPU memory of a batch of one model, A_i(b) in constraint (10c).
 *
 * @param fixedBytes what the model takes whatever the batch, at least 0
 * @param bytesPerSample what each sample adds, at least 0
 */
record BatchMemory(long fixedBytes, long bytesPerSample) {
  /** Memory does not limit the batch. */
  static final BatchMemory NONE = new BatchMemory(0, 0);

  /**
   * The largest batch that fits in {@code gpuMemory} bytes, b_max,i; 0 if not even one user does.
   */
  int largestBatch(long gpuMemory) {
    if (fixedBytes > gpuMemory) {
      return 0;
    }
    return bytesPerSample == 0
        ? Integer.MAX_VALUE
        : (int) Math.min((gpuMemory - fixedBytes) / bytesPerSample, Integer.MAX_VALUE);
  }
}
