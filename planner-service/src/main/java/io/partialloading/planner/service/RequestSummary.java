// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.VerifyScheduleRequest;

/**
 * A request in short, as it came and before it is known to be right.
 *
 * @param label the caller's name for it, any text; empty if there is none
 * @param users number of users; -1 if it has none to speak of
 * @param models number of models in its library
 */
public record RequestSummary(String label, int users, int models) {
  /** The summary of a request for a plan that may leave its library to one before it. */
  static RequestSummary of(PlanRequest request, int models) {
    return new RequestSummary(
        request.getLabel(), request.getUserSnapshot().getUsersCount(), models);
  }

  /** The summary of a call's only request. */
  static RequestSummary of(Object request) {
    if (request instanceof PlanRequest plan) {
      return of(plan, plan.getBlockLibrary().getModelsCount());
    }
    if (request instanceof VerifyScheduleRequest verification) {
      return of(verification.getRequest());
    }
    return request instanceof AnalyzeLibraryRequest analysis
        ? new RequestSummary("", -1, analysis.getBlockLibrary().getModelsCount())
        : new RequestSummary("", -1, 0);
  }
}
