// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PrbGrid;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a plan achieves, and under which conditions, in a few phrases. */
final class PlanSummary {
  private static final String ALGORITHM_PREFIX = "ALGORITHM_";
  private static final String SEPARATOR = " · ";

  private final PlanRequest request;
  private final PlanResponse response;

  PlanSummary(PlanRequest request, PlanResponse response) {
    this.request = request;
    this.response = response;
  }

  /** The phrases in lines of at most this width. */
  List<String> lines(double fontSize, double width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String phrase : phrases()) {
      String longer = line.isEmpty() ? phrase : line + SEPARATOR + phrase;
      if (!line.isEmpty() && Lettering.room(longer, fontSize) > width) {
        lines.add(line);
        longer = phrase;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }

  private List<String> phrases() {
    List<String> phrases = new ArrayList<>();
    phrases.add(served());
    phrases.add(completion());
    if (response.getAlgorithm().name().startsWith(ALGORITHM_PREFIX)) {
      phrases.add("algorithm: " + bareName(response.getAlgorithm().name(), ALGORITHM_PREFIX));
    }
    if (response.getUnservedUsersCount() > 0) {
      phrases.add(leftOut());
    }
    addMargins(phrases);
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

  private String served() {
    int users = request.getUserSnapshot().getUsersCount();
    if (users == 0) {
      return "no users are waiting";
    }
    String served = response.getServedUserCount() + " of " + users + " users served";
    return response.getOptimality() == Optimality.OPTIMALITY_PROVEN
        ? served + ", no plan serves more (proven)"
        : served + ", no plan serves more than " + response.getServedUserUpperBound();
  }

  private String completion() {
    double budget = Unit.nanoseconds(request.getLatencyBudget());
    double completion = Unit.nanoseconds(response.getSchedule().getCompletion());
    Unit unit = TimeAxis.unit(budget);
    return "complete after %s of %s %s"
        .formatted(unit.number(completion), unit.number(budget), unit.symbol());
  }

  private String leftOut() {
    Map<UnservedReason, Integer> counts = new EnumMap<>(UnservedReason.class);
    for (UnservedUser user : response.getUnservedUsersList()) {
      counts.merge(user.getReason(), 1, Integer::sum);
    }
    List<String> reasons = new ArrayList<>();
    counts.forEach((reason, count) -> reasons.add(count + " " + description(reason)));
    return response.getUnservedUsersCount() + " left out: " + String.join(", ", reasons);
  }

  private static String description(UnservedReason reason) {
    return switch (reason) {
      case UNSERVED_REASON_OUT_OF_REACH -> "out of reach";
      case UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY -> "beyond GPU memory";
      case UNSERVED_REASON_EXCEEDS_BUDGET_ALONE -> "too late even alone";
      case UNSERVED_REASON_DISPLACED -> "displaced by others";
      case UNSERVED_REASON_UNSPECIFIED, UNRECOGNIZED -> "without a reason";
    };
  }

  private void addMargins(List<String> phrases) {
    Schedule schedule = response.getSchedule();
    List<String> margins = new ArrayList<>();
    addMargin(margins, "upload", schedule.getUploadMargin());
    addMargin(margins, "load", schedule.getLoadMargin());
    addMargin(margins, "compute", schedule.getComputeMargin());
    if (!margins.isEmpty()) {
      phrases.add("margins included: " + String.join(", ", margins));
    }
  }

  private static void addMargin(List<String> margins, String what, double margin) {
    if (margin != 0) {
      margins.add(what + " +" + Unit.shortNumber(100 * margin) + "%");
    }
  }

  private static String bareName(String name, String prefix) {
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
