// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/**
 * A plan that a check has caught. Setting, curve and seed make it again.
 *
 * @param kind what is wrong with it
 * @param setting id of the setting
 * @param curve id of the curve
 * @param seed the seed that the setting's request was drawn by
 * @param what the particulars, in words
 */
public record Offence(Kind kind, String setting, String curve, long seed, String what) {
  /** What can be wrong with a plan. */
  public enum Kind {
    /** Its schedule breaks a constraint, or serves another number of users than the answer says. */
    INFEASIBLE,
    /** It serves more users than the adaptive plan for the same request. */
    BEATEN,
    /** It serves more users than the bound of its own answer, or of the adaptive one, allows. */
    BOUND_BROKEN
  }

  @Override
  public String toString() {
    return "setting " + setting + ", curve " + curve + ", seed " + seed + ": " + what;
  }
}
