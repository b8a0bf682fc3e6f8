package io.partialloading.planner.wire;

/**
 * What the uplink can do for each user if it has the whole band.
 *
 * @param rates rate B·R in bit/s by user
 * @param uploadTimes upload time p_k in ns by user, or {@link
 *     io.partialloading.planner.instance.Instance#OUT_OF_REACH}
 */
record Uplink(double[] rates, long[] uploadTimes) {}
