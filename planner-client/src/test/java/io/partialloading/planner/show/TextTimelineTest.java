// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTimelineTest {
  private static final PlanRequest HUNDRED_MS =
      PlanRequest.newBuilder().setLatencyBudget(Durations.fromMillis(100)).build();

  /** Of 80 columns 27 are for number and model, one for the budget: 100 / 52 ms a character. */
  @Test
  void print_fewBatches_givesEachARow() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    add(response, "m", 0, 10_000_000, 30_000_000, 20_000_000);
    add(response, "other", 60_000_000, 0, 100_000, 0);
    add(response, "a name that is too long", 60_100_000, 10_000_000, 0, 19_900_000);
    assertEquals(
        List.of(
            "  timeline, 1.92 ms a character: u upload, = load, c compute, | budget",
            "                           0 ms      20         40        60         80",
            "      1  m                 uuuuu================cccccccccc                     |",
            "      2  other                                            =                    |",
            "      3  a name that is..                                 uuuuuccccccccccc     |"),
        print(response, 80));
  }

  @Test
  void print_shortBatchAtTheEnd_leavesTheBudgetItsMark() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    add(response, "m", 99_900_000, 0, 0, 100_000);
    assertTrue(print(response, 80).get(2).endsWith(" c|"), print(response, 80)::toString);
  }

  @Test
  void print_manyBatches_putsThemOneAfterAnother() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    for (int i = 0; i < 45; i++) {
      add(response, "m" + i, i * 2_000_000L, 200_000, 1_500_000, 300_000);
    }
    List<String> lines = print(response, Text.WIDTH);
    assertEquals(2 + 5, lines.size());
    assertEquals(
        "  timeline, 200.00 us a character: u upload, = load, c compute, | budget", lines.get(0));
    assertEquals("     ms  batches begin with their numbers, where these fit", lines.get(1));
    assertTrue(lines.get(2).startsWith("      0  1========c2========c3"), lines.get(2));
    assertTrue(lines.get(6).startsWith("     80  41=======c42=======c"), lines.get(6));
    String all = String.join("\n", lines);
    for (int i = 1; i <= 45; i++) {
      assertTrue(all.contains(i + "="), i + "\n" + all);
    }
    assertTrue(lines.get(6).endsWith("|"), lines.get(6));
  }

  @ParameterizedTest
  @CsvSource({"1, 80", "40, 80", "41, 80", "41, 110", "3000, 110", "3000, 200", "7, 100000000"})
  void print_anyPlan_staysWithinTheColumnsAndShort(int batches, int columns) {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    long step = 90_000_000 / batches;
    for (int i = 0; i < batches; i++) {
      add(response, "model-" + i, i * step, step / 4, step / 2, step / 4);
    }
    List<String> lines = print(response, columns);
    assertTrue(lines.size() <= 43, lines::toString);
    for (String line : lines) {
      assertTrue(line.length() <= Math.min(columns, 200), line);
    }
  }

  @Test
  void print_planWithoutTimes_hasEmptyRows() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    response.getScheduleBuilder().addBatchesBuilder().setModelId("m\u001b");
    Text text = new Text();
    timeline(PlanRequest.getDefaultInstance(), response.build(), 80).print(text);
    assertTrue(text.toString().contains("\n      1  m?  |\n"), text::toString);
  }

  @Test
  void table_ofNarrowTerminal_hasNoTimeline() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    add(response, "m", 0, 1, 1, 1);
    PlanResponse plan = response.build();
    assertFalse(new PlanTable(HUNDRED_MS, plan, 79).print("t").contains("timeline"));
    assertTrue(new PlanTable(HUNDRED_MS, plan, 80).print("t").contains("timeline"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "80, 80", "999999999, 999999999"})
  void columns_areThoseStated(String stated, int columns) {
    assertEquals(columns, Text.columns(stated));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "0", "-5", "wide", "80.5", "9999999999999", " 80"})
  void columns_statedWrongly_areTheDefault(String stated) {
    assertEquals(110, Text.columns(stated));
  }

  private static void add(
      PlanResponse.Builder response,
      String model,
      long start,
      long upload,
      long load,
      long compute) {
    response
        .getScheduleBuilder()
        .setCompletion(Durations.fromNanos(start + upload + load + compute))
        .addBatchesBuilder()
        .setModelId(model)
        .setStart(Durations.fromNanos(start))
        .setUpload(Durations.fromNanos(upload))
        .setLoad(Durations.fromNanos(load))
        .setCompute(Durations.fromNanos(compute));
  }

  private static List<String> print(PlanResponse.Builder response, int columns) {
    Text text = new Text();
    timeline(HUNDRED_MS, response.build(), columns).print(text);
    return text.toString().lines().toList();
  }

  private static TextTimeline timeline(PlanRequest request, PlanResponse response, int columns) {
    List<Batch> batches = response.getSchedule().getBatchesList();
    return new TextTimeline(batches, PlanTimes.of(request, response), columns);
  }
}
