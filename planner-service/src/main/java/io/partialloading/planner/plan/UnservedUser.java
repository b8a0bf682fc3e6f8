// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

/**
 * A user that a plan leaves out, and why.
 *
 * @param user the user
 * @param reason why
 * @param shortfall by how much the budget is too short, in ns, as the reason says; 0 where a longer
 *     budget does not help
 */
public record UnservedUser(int user, Reason reason, long shortfall) {
  /** Why a user is left out. */
  public enum Reason {
    /** It has no channel, or one whose quality is not known. */
    NO_CHANNEL,

    /** Its channel carries nothing, or too little for any time. */
    OUT_OF_REACH,

    /** Not even a batch of one of its model fits in GPU memory. */
    MODEL_EXCEEDS_GPU_MEMORY,

    /** Served alone it would complete too late, by the shortfall. */
    EXCEEDS_BUDGET_ALONE,

    /** To add it to this plan the budget would have to be longer by the shortfall. */
    DISPLACED
  }
}
