// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import com.google.protobuf.util.Timestamps;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** What is to be said of a plan as a whole: as facts with names, and as phrases for a drawing. */
final class PlanFacts {
  private final PlanRequest request;
  private final PlanResponse response;
  private final PlanTimes times;

  /** What is told and its value, both for people. */
  record Fact(String name, String value) {}

  /**
   * Why users are left out.
   *
   * @param phrase what follows their number
   * @param why what stands beside one of them
   * @param head what stands above some of them; what names an amount of time ends in "by"
   */
  record Reason(String phrase, String why, String head) {
    static Reason of(UnservedReason reason) {
      return switch (reason) {
        case UNSERVED_REASON_OUT_OF_REACH ->
            new Reason("out of reach", "out of reach", "out of reach");
        case UNSERVED_REASON_NO_CHANNEL ->
            new Reason(
                "without a channel", "its channel is not known", "whose channel is not known");
        case UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY ->
            new Reason(
                "beyond GPU memory",
                "model does not fit in GPU memory",
                "model does not fit in GPU memory");
        case UNSERVED_REASON_EXCEEDS_BUDGET_ALONE ->
            new Reason(
                "too late even alone",
                "too late even if served alone",
                "too late even if served alone, by");
        case UNSERVED_REASON_DISPLACED ->
            new Reason(
                "displaced by others",
                "displaced: others take its place",
                "the budget would have to be longer to add them to this plan, by");
        case UNSERVED_REASON_UNSPECIFIED, UNRECOGNIZED ->
            new Reason("without a reason", "no reason given", "no reason given");
      };
    }
  }

  PlanFacts(PlanRequest request, PlanResponse response) {
    this.request = request;
    this.response = response;
    this.times = PlanTimes.of(request, response);
  }

  /** The facts, the most important one first. */
  List<Fact> facts() {
    int users = request.getUserSnapshot().getUsersCount();
    List<Fact> facts = new ArrayList<>();
    String served = response.getServedUserCount() + " of " + users + " users; " + best();
    facts.add(new Fact("served", users == 0 ? "nobody: no users are waiting" : served));
    facts.add(new Fact("completion", completion()));
    facts.add(new Fact("algorithm", Text.bareName(response.getAlgorithm(), "ALGORITHM_")));
    facts.add(new Fact("sharing", name(response.getSharingStructure())));
    String time = Unit.text(Unit.nanoseconds(response.getPlanningTime()));
    facts.add(
        new Fact(
            "planned in", response.getCutShort() ? time + ", cut short by the time limit" : time));
    if (response.hasValidUntil()) {
      facts.add(new Fact("start by", Timestamps.toString(response.getValidUntil())));
    }
    String margins = margins(PlanFacts::exactPercent);
    if (!margins.isEmpty()) {
      facts.add(new Fact("margins", margins + "; times below include them"));
    }
    if (response.hasSensitivity()) {
      facts.add(new Fact("10% more", sensitivity(response.getSensitivity())));
    }
    return facts;
  }

  /** The plan and its conditions in a few phrases, the most important one first. */
  List<String> phrases() {
    int users = request.getUserSnapshot().getUsersCount();
    List<String> phrases = new ArrayList<>();
    String served = response.getServedUserCount() + " of " + users + " users served, " + best();
    phrases.add(users == 0 ? "no users are waiting" : served);
    Unit unit = Unit.ofAxis(times.budget());
    phrases.add(
        "complete after %s of %s %s"
            .formatted(
                unit.number(times.completion()), unit.number(times.budget()), unit.symbol()));
    if (response.getAlgorithm() != Algorithm.UNRECOGNIZED) {
      phrases.add("algorithm: " + Text.bareName(response.getAlgorithm(), "ALGORITHM_"));
    }
    if (response.getUnservedUsersCount() > 0) {
      phrases.add(leftOut());
    }
    String margins = margins(margin -> Unit.shortNumber(100 * margin));
    if (!margins.isEmpty()) {
      phrases.add("margins included: " + margins);
    }
    if (request.getChannelState().hasPrbGrid()) {
      PrbGrid grid = request.getChannelState().getPrbGrid();
      phrases.add(
          Integer.toUnsignedString(grid.getPrbCount())
              + " PRBs of "
              + Integer.toUnsignedString(grid.getSubcarrierSpacingKhz())
              + " kHz");
    }
    return phrases;
  }

  private String best() {
    return response.getOptimality() == Optimality.OPTIMALITY_PROVEN
        ? "no plan serves more (proven)"
        : "no plan serves more than " + response.getServedUserUpperBound();
  }

  private String completion() {
    Unit unit = Unit.ofColumn(times.budget());
    return "%s of %s %s, %s to spare"
        .formatted(
            unit.column(times.completion()),
            unit.column(times.budget()),
            unit.asciiSymbol(),
            unit.column(times.spare()));
  }

  private String leftOut() {
    Map<UnservedReason, Integer> counts = new EnumMap<>(UnservedReason.class);
    for (UnservedUser user : response.getUnservedUsersList()) {
      counts.merge(user.getReason(), 1, Integer::sum);
    }
    List<String> reasons = new ArrayList<>();
    counts.forEach((reason, count) -> reasons.add(count + " " + Reason.of(reason).phrase()));
    return response.getUnservedUsersCount() + " left out: " + String.join(", ", reasons);
  }

  /** The margins that there are, in per cent as told. */
  private String margins(DoubleFunction<String> percent) {
    List<String> margins = new ArrayList<>();
    addMargin(margins, "upload", response.getSchedule().getUploadMargin(), percent);
    addMargin(margins, "load", response.getSchedule().getLoadMargin(), percent);
    addMargin(margins, "compute", response.getSchedule().getComputeMargin(), percent);
    return String.join(", ", margins);
  }

  private static void addMargin(
      List<String> margins, String what, double margin, DoubleFunction<String> percent) {
    if (margin != 0) {
      margins.add(what + " +" + percent.apply(margin) + "%");
    }
  }

  private static String exactPercent(double margin) {
    return BigDecimal.valueOf(margin).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  private static String sensitivity(Sensitivity served) {
    return "serves %s with bandwidth, %s with budget, %s with transfer rate, %s with compute"
        .formatted(
            served.getServedWithMoreBandwidth(),
            served.getServedWithLongerBudget(),
            served.getServedWithFasterTransfer(),
            served.getServedWithFasterCompute());
  }

  /** How people call a structure. */
  static String name(SharingStructure structure) {
    return switch (structure) {
      case SHARING_STRUCTURE_UNSPECIFIED, UNRECOGNIZED -> "not stated";
      default -> Text.bareName(structure, "SHARING_STRUCTURE_");
    };
  }
}
