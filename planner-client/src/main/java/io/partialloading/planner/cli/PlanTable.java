package io.partialloading.planner.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A plan as people read it: what comes out, batch by batch, and who is left out. */
final class PlanTable {
  private static final int MAX_MODEL_WIDTH = 24;

  private final PlanRequest request;
  private final PlanResponse response;
  private final Map<String, Model> models = new HashMap<>();

  PlanTable(PlanRequest request, PlanResponse response) {
    this.request = request;
    this.response = response;
    for (Model model : request.getBlockLibrary().getModelsList()) {
      models.put(model.getId(), model);
    }
  }

  /** The whole text, with an empty line at its end. */
  String print(String title) {
    Text text = new Text();
    text.line(Text.printable(title));
    summary(text);
    if (response.getSchedule().getBatchesCount() > 0) {
      batches(text.line(""));
      bandwidth(text.line(""));
      blocks(text.line(""));
    }
    if (response.getUnservedUsersCount() > 0) {
      unserved(text.line(""));
    }
    return text.line("").toString();
  }

  private void summary(Text text) {
    Duration budget = request.getLatencyBudget();
    Duration completion = response.getSchedule().getCompletion();
    text.line("  served      " + served());
    TimeScale scale = TimeScale.upTo(budget);
    text.line(
        "  completion  %s of %s %s, %s to spare"
            .formatted(
                scale.number(completion),
                scale.number(budget),
                scale.symbol(),
                scale.number(Durations.subtract(budget, completion))));
    text.line("  algorithm   " + AlgorithmName.of(response.getAlgorithm()));
    text.line("  sharing     " + name(response.getSharingStructure()));
    text.line("  planned in  " + TimeScale.text(response.getPlanningTime()));
    if (response.hasValidUntil()) {
      text.line("  start by    " + Timestamps.toString(response.getValidUntil()));
    }
    margins(text);
    if (response.hasSensitivity()) {
      sensitivity(text, response.getSensitivity());
    }
  }

  private void margins(Text text) {
    Schedule schedule = response.getSchedule();
    List<String> margins = new ArrayList<>();
    addMargin(margins, "upload", schedule.getUploadMargin());
    addMargin(margins, "load", schedule.getLoadMargin());
    addMargin(margins, "compute", schedule.getComputeMargin());
    if (!margins.isEmpty()) {
      text.line("  margins     " + String.join(", ", margins) + "; times below include them");
    }
  }

  private static void addMargin(List<String> margins, String what, double margin) {
    if (margin != 0) {
      BigDecimal percent = BigDecimal.valueOf(margin).movePointRight(2).stripTrailingZeros();
      margins.add(what + " +" + percent.toPlainString() + "%");
    }
  }

  private static void sensitivity(Text text, Sensitivity served) {
    text.line(
        "  10%% more    serves %d with bandwidth, %d with budget, %d with transfer rate, %d with compute"
            .formatted(
                served.getServedWithMoreBandwidth(),
                served.getServedWithLongerBudget(),
                served.getServedWithFasterTransfer(),
                served.getServedWithFasterCompute()));
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

  private void batches(Text text) {
    TimeScale scale = TimeScale.upTo(request.getLatencyBudget());
    String unit = " " + scale.symbol();
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "batch",
          "model",
          "users",
          "start" + unit,
          "upload" + unit,
          "load" + unit,
          "compute" + unit,
          "loaded MB",
          "reused MB"
        });
    int number = 0;
    for (Batch batch : response.getSchedule().getBatchesList()) {
      rows.add(
          new String[] {
            Integer.toString(++number),
            Text.clipped(Text.printable(batch.getModelId()), MAX_MODEL_WIDTH),
            Integer.toString(batch.getGrantsCount()),
            scale.number(batch.getStart()),
            scale.number(batch.getUpload()),
            scale.number(batch.getLoad()),
            scale.number(batch.getCompute()),
            Text.megabytes(batch.getLoadBytes()),
            Text.megabytes(batch.getReusedBytes())
          });
    }
    text.table(rows, 1);
  }

  private void bandwidth(Text text) {
    text.line("  shares of the band");
    int number = 0;
    for (Batch batch : response.getSchedule().getBatchesList()) {
      List<String> shares = new ArrayList<>();
      for (BandwidthGrant grant : batch.getGrantsList()) {
        String prbs = grant.getPrbCount() == 0 ? "" : " " + grant.getPrbCount() + " PRB";
        shares.add(
            Text.printable(grant.getUserId())
                + prbs
                + String.format(Locale.ROOT, " %.1f%%", 100 * grant.getBandwidthFraction()));
      }
      text.list(batchHead(++number), shares);
    }
  }

  private void blocks(Text text) {
    text.line("  blocks");
    BlockNames names = new BlockNames(request.getBlockLibrary());
    int number = 0;
    for (Batch batch : response.getSchedule().getBatchesList()) {
      Model model = models.getOrDefault(batch.getModelId(), Model.getDefaultInstance());
      Set<Integer> loaded = new HashSet<>(batch.getLoadBlockIdsList());
      text.list(batchHead(++number) + "loads  ", names.describe(model, loaded::contains));
      if (loaded.size() < model.getBlockIdsCount()) {
        text.list(
            " ".repeat(batchHead(number).length()) + "reuses ",
            names.describe(model, id -> !loaded.contains(id)));
      }
    }
  }

  private static String batchHead(int number) {
    return String.format(Locale.ROOT, "  %5d  ", number);
  }

  private void unserved(Text text) {
    Map<UnservedReason, List<String>> byReason = new EnumMap<>(UnservedReason.class);
    for (UnservedUser user : response.getUnservedUsersList()) {
      String name = Text.printable(user.getUserId());
      byReason
          .computeIfAbsent(user.getReason(), reason -> new ArrayList<>())
          .add(user.hasShortfall() ? name + " " + TimeScale.text(user.getShortfall()) : name);
    }
    text.line("  left out");
    byReason.forEach(
        (reason, users) -> text.line("    " + description(reason) + ":").list("      ", users));
  }

  private static String description(UnservedReason reason) {
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
