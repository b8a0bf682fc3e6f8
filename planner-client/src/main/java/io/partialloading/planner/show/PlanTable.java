// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan as people read it: what comes out, batch by batch, and who is left out. */
public final class PlanTable {
  private static final int MAX_MODEL_WIDTH = 24;

  private final PlanRequest request;
  private final PlanResponse response;
  private final List<Batch> batches;
  private final PlanTimes times;
  private final int columns;

  /**
   * A plan's text.
   *
   * @param columns of the terminal, which decide on the timeline alone
   */
  public PlanTable(PlanRequest request, PlanResponse response, int columns) {
    this.request = request;
    this.response = response;
    this.batches = response.getSchedule().getBatchesList();
    this.times = PlanTimes.of(request, response);
    this.columns = columns;
  }

  /** The whole text, with an empty line at its end. */
  public String print(String title) {
    Text text = new Text();
    text.line(Text.printable(title));
    for (PlanFacts.Fact fact : new PlanFacts(request, response).facts()) {
      text.line(String.format(Locale.ROOT, "  %-11s %s", fact.name(), fact.value()));
    }
    if (!batches.isEmpty()) {
      batches(text.line(""));
      if (columns >= TextTimeline.MIN_COLUMNS) {
        new TextTimeline(batches, times, columns).print(text.line(""));
      }
      bandwidth(text.line(""));
      blocks(text.line(""));
    }
    if (response.getUnservedUsersCount() > 0) {
      unserved(text.line(""));
    }
    return text.line("").toString();
  }

  private void batches(Text text) {
    Unit unit = Unit.ofColumn(times.budget());
    String symbol = " " + unit.asciiSymbol();
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "batch",
          "model",
          "users",
          "start" + symbol,
          "upload" + symbol,
          "load" + symbol,
          "compute" + symbol,
          "loaded MB",
          "reused MB"
        });
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      BatchTimes at = times.batches().get(i);
      rows.add(
          new String[] {
            Integer.toString(i + 1),
            Text.clipped(Text.printable(batch.getModelId()), MAX_MODEL_WIDTH),
            Integer.toString(batch.getGrantsCount()),
            unit.column(at.start()),
            unit.column(at.upload().duration()),
            unit.column(at.load().duration()),
            unit.column(at.compute().duration()),
            Unit.megabytes(batch.getLoadBytes()),
            Unit.megabytes(batch.getReusedBytes())
          });
    }
    text.table(rows, 1);
  }

  private void bandwidth(Text text) {
    text.line("  shares of the band");
    int number = 0;
    for (Batch batch : batches) {
      text.list(
          batchHead(++number),
          batch.getGrantsList().stream().map(grant -> share(grant, " ")).toList());
    }
  }

  /** A user's share of the band, with such a blank between its parts. */
  static String share(BandwidthGrant grant, String blank) {
    if (grant.getBandwidthFraction() == 0) {
      return Text.printable(grant.getUserId()) + blank + "none";
    }
    String prbs = grant.getPrbCount() == 0 ? "" : blank + grant.getPrbCount() + blank + "PRB";
    String percent = String.format(Locale.ROOT, "%.1f%%", 100 * grant.getBandwidthFraction());
    return Text.printable(grant.getUserId()) + prbs + blank + percent;
  }

  private void blocks(Text text) {
    text.line("  blocks");
    BlockNames names = new BlockNames(request.getBlockLibrary());
    int number = 0;
    for (Batch batch : batches) {
      String head = batchHead(++number);
      text.list(head + "loads  ", names.loaded(batch));
      if (names.reusesAny(batch)) {
        text.list(" ".repeat(head.length()) + "reuses ", names.reused(batch));
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
      String by = user.hasShortfall() ? " " + Unit.text(Unit.nanoseconds(user.getShortfall())) : "";
      byReason.computeIfAbsent(user.getReason(), reason -> new ArrayList<>()).add(name + by);
    }
    text.line("  left out");
    byReason.forEach(
        (reason, users) ->
            text.line("    " + PlanFacts.Reason.of(reason).head() + ":").list("      ", users));
  }
}
