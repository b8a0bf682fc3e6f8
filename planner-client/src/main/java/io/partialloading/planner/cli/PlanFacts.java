// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of a plan as a whole. */
final class PlanFacts {
  private final PlanRequest request;
  private final PlanResponse response;
  private final List<Fact> facts = new ArrayList<>();

  /** What is told and its value, both for people. */
  record Fact(String name, String value) {}

  private PlanFacts(PlanRequest request, PlanResponse response) {
    this.request = request;
    this.response = response;
  }

  /** The facts, the most important one first. */
  static List<Fact> of(PlanRequest request, PlanResponse response) {
    PlanFacts facts = new PlanFacts(request, response);
    facts.collect();
    return List.copyOf(facts.facts);
  }

  private void collect() {
    add("served", served());
    add("completion", completion());
    add("algorithm", AlgorithmName.of(response.getAlgorithm()));
    add("sharing", name(response.getSharingStructure()));
    String time = TimeScale.text(response.getPlanningTime());
    add("planned in", response.getCutShort() ? time + ", cut short by the time limit" : time);
    if (response.hasValidUntil()) {
      add("start by", Timestamps.toString(response.getValidUntil()));
    }
    margins();
    if (response.hasSensitivity()) {
      sensitivity(response.getSensitivity());
    }
  }

  private void add(String name, String value) {
    facts.add(new Fact(name, value));
  }

  private String served() {
    int users = request.getUserSnapshot().getUsersCount();
    if (users == 0) {
      return "nobody: no users are waiting";
    }
    String served = response.getServedUserCount() + " of " + users + " users; ";
    return response.getOptimality() == Optimality.OPTIMALITY_PROVEN
        ? served + "no plan serves more (proven)"
        : served + "no plan serves more than " + response.getServedUserUpperBound();
  }

  private String completion() {
    Duration budget = request.getLatencyBudget();
    Duration completion = response.getSchedule().getCompletion();
    TimeScale scale = TimeScale.upTo(budget);
    return "%s of %s %s, %s to spare"
        .formatted(
            scale.number(completion),
            scale.number(budget),
            scale.symbol(),
            scale.number(Durations.subtract(budget, completion)));
  }

  private void margins() {
    Schedule schedule = response.getSchedule();
    List<String> margins = new ArrayList<>();
    addMargin(margins, "upload", schedule.getUploadMargin());
    addMargin(margins, "load", schedule.getLoadMargin());
    addMargin(margins, "compute", schedule.getComputeMargin());
    if (!margins.isEmpty()) {
      add("margins", String.join(", ", margins) + "; times below include them");
    }
  }

  private static void addMargin(List<String> margins, String what, double margin) {
    if (margin != 0) {
      BigDecimal percent = BigDecimal.valueOf(margin).movePointRight(2).stripTrailingZeros();
      margins.add(what + " +" + percent.toPlainString() + "%");
    }
  }

  private void sensitivity(Sensitivity served) {
    add(
        "10% more",
        "serves %s with bandwidth, %s with budget, %s with transfer rate, %s with compute"
            .formatted(
                served.getServedWithMoreBandwidth(),
                served.getServedWithLongerBudget(),
                served.getServedWithFasterTransfer(),
                served.getServedWithFasterCompute()));
  }

  /** How people call a structure. */
  static String name(SharingStructure structure) {
    return switch (structure) {
      case SHARING_STRUCTURE_NONE -> "none";
      case SHARING_STRUCTURE_BOTTOM_LAYER -> "bottom-layer";
      case SHARING_STRUCTURE_NESTED -> "nested";
      case SHARING_STRUCTURE_GENERAL -> "general";
      case SHARING_STRUCTURE_UNSPECIFIED, UNRECOGNIZED -> "not stated";
    };
  }

  /** Why users are left out; what names an amount of time ends in "by". */
  static String description(UnservedReason reason) {
    return switch (reason) {
      case UNSERVED_REASON_OUT_OF_REACH -> "out of reach";
      case UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY -> "model does not fit in GPU memory";
      case UNSERVED_REASON_EXCEEDS_BUDGET_ALONE -> "too late even if served alone, by";
      case UNSERVED_REASON_DISPLACED ->
          "the budget would have to be longer to add them to this plan, by";
      case UNSERVED_REASON_UNSPECIFIED, UNRECOGNIZED -> "no reason given";
    };
  }
}
