package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.v1.Algorithm;

/**
 * A request in the planner's words, with what the answer takes from it. The arrays are not to be
 * modified.
 *
 * @param label the request's label
 * @param algorithm the algorithm, never unspecified
 * @param instance what is to be planned
 * @param slot time slot for slotted algorithms in ns, at least 1; the budget has at most 10,000
 * @param planningTimeLimit how long to plan, in ns, at least 1, or {@link #NO_TIME_LIMIT}
 * @param userIds id by user of the instance
 * @param modelIds id by model of the instance
 * @param blockIds id (unsigned) by block of the instance
 * @param fullBandRates rate B·R in bit/s by user of the instance; 0 out of reach
 */
public record ReadRequest(
    String label,
    Algorithm algorithm,
    Instance instance,
    long slot,
    long planningTimeLimit,
    String[] userIds,
    String[] modelIds,
    int[] blockIds,
    double[] fullBandRates) {
  /** Planning may take as long as the call does. */
  public static final long NO_TIME_LIMIT = Long.MAX_VALUE;
}
