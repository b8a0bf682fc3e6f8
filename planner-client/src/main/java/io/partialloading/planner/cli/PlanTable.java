// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
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
  private final int columns;
  private final Map<String, Model> models = new HashMap<>();

  /**
   * A plan's text.
   *
   * @param columns of the terminal, which decide on the timeline alone
   */
  PlanTable(PlanRequest request, PlanResponse response, int columns) {
    this.request = request;
    this.response = response;
    this.columns = columns;
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
      if (columns >= TextTimeline.MIN_COLUMNS) {
        new TextTimeline(request, response, columns).print(text.line(""));
      }
      bandwidth(text.line(""));
      blocks(text.line(""));
    }
    if (response.getUnservedUsersCount() > 0) {
      unserved(text.line(""));
    }
    return text.line("").toString();
  }

  private void summary(Text text) {
    for (PlanFacts.Fact fact : PlanFacts.of(request, response)) {
      text.line(String.format(Locale.ROOT, "  %-11s %s", fact.name(), fact.value()));
    }
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
        (reason, users) ->
            text.line("    " + PlanFacts.description(reason) + ":").list("      ", users));
  }
}
