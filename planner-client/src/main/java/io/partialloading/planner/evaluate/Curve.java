// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import java.util.function.UnaryOperator;

/**
 * A way to plan that is compared with others.
 *
 * @param id by which files know it, such as {@code spec} or {@code gen-equal-5}
 * @param name by which people know it, such as {@code PartialLoading Spec}
 * @param variant what it makes of a setting's request; its schedules are judged by the outcome
 */
public record Curve(String id, String name, UnaryOperator<PlanRequest> variant) {
  /** Asks a planner for plans by these options. */
  public static Curve asking(String id, String name, PlanOptions options) {
    return new Curve(id, name, request -> request.toBuilder().setOptions(options).build());
  }
}
