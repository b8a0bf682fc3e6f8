// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.client.PlannerException;

/** There was no plan, or no judgement on one. */
public final class MeasuringException extends RuntimeException {
  private final PlannerException reason;

  MeasuringException(String setting, String curve, long seed, PlannerException reason) {
    super("setting " + setting + ", curve " + curve + ", seed " + seed, reason);
    this.reason = reason;
  }

  /** Why there was none; the message says of what. */
  public PlannerException reason() {
    return reason;
  }
}
