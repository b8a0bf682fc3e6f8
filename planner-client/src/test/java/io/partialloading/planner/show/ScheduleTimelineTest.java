// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.partialloading.planner.chart.Drawing.Box;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import io.partialloading.planner.v1.User;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ScheduleTimelineTest {
  private static final long BUDGET = 700_000_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8, 9, 24, 25, 60, 150})
  void anyNumberOfBatches_staysWithinTheDrawing(int batches) throws Exception {
    DrawnTimeline drawn = draw(schedule(batches, BUDGET, "model"));
    assertEquals(batches, drawn.batches().size());
    assertTidy(drawn);
  }

  @Test
  void bars_areAsLongAsTheirDurationsAndFollowEachOther() throws Exception {
    Schedule schedule = schedule(60, BUDGET, "m");
    DrawnTimeline drawn = draw(schedule);
    Box spare = drawn.rects("spare").get(0);
    double pixels = width(spare) / (BUDGET - nanoseconds(schedule.getCompletion()));
    List<Box> uploads = drawn.rects("upload");
    List<Box> loads = drawn.rects("load");
    List<Box> computes = drawn.rects("compute");
    double x = uploads.get(0).left();
    for (int i = 0; i < 60; i++) {
      Batch batch = schedule.getBatches(i);
      assertEquals(nanoseconds(batch.getUpload()) * pixels, width(uploads.get(i)), 0.05);
      assertEquals(nanoseconds(batch.getLoad()) * pixels, width(loads.get(i)), 0.05);
      assertEquals(nanoseconds(batch.getCompute()) * pixels, width(computes.get(i)), 0.05);
      assertEquals(x, uploads.get(i).left(), 0.05);
      assertEquals(uploads.get(i).right(), loads.get(i).left(), 0.05);
      assertEquals(loads.get(i).right(), computes.get(i).left(), 0.05);
      x = computes.get(i).right();
    }
    assertEquals(spare.left(), x, 0.05);
    assertEquals(spare.right(), drawn.budgetX(), 0.05);
  }

  @Test
  void bars_ofDifferentBatches_areInDifferentRows() throws Exception {
    List<Box> loads = draw(schedule(60, BUDGET, "m")).rects("load");
    for (int i = 1; i < loads.size(); i++) {
      assertTrue(loads.get(i).top() > loads.get(i - 1).bottom());
    }
  }

  @Test
  void steps_differInGreyToo() {
    double upload = lightness(Palette.UPLOAD);
    double load = lightness(Palette.LOAD);
    double compute = lightness(Palette.COMPUTE);
    assertTrue(load - upload > 20, () -> upload + " " + load);
    assertTrue(upload - compute > 20, () -> upload + " " + compute);
  }

  @Test
  void shares_areAsWideAsTheirFractionsAndNameTheUser() throws Exception {
    Schedule.Builder schedule = schedule(1, BUDGET, "m").toBuilder();
    schedule.getBatchesBuilder(0).clearGrants();
    grant(schedule, "ana", 0.5).setPrbCount(30).setUploadRateBps(6_667_000);
    grant(schedule, "ben", 0.375);
    grant(schedule, "cleo-with-a-name-that-fits-nowhere", 0.125);
    DrawnTimeline drawn = draw(schedule.build());
    List<Box> shares = drawn.rects("share");
    double band = shares.get(2).right() - shares.get(0).left();
    assertEquals(0.5 * band, width(shares.get(0)), 0.02);
    assertEquals(0.375 * band, width(shares.get(1)), 0.02);
    assertEquals(0.125 * band, width(shares.get(2)), 0.02);
    assertEquals("ana: 50% of the band, 30 PRBs, 6.67 Mbit/s", shares.get(0).text());
    assertTrue(shares.get(2).text().startsWith("cleo-with-a-name-that-fits-nowhere: 12.5%"));
    assertTrue(drawn.lines().containsAll(List.of("ana 50%", "ben 38%")), drawn.lines()::toString);
    assertFalse(drawn.lines().toString().contains("cleo"), drawn.lines()::toString);
  }

  @Test
  void batch_showsWhatItLoadsAndReuses() throws Exception {
    Schedule.Builder schedule = schedule(2, BUDGET, "m").toBuilder();
    schedule
        .getBatchesBuilder(0)
        .setLoadBytes(2_050_000_000)
        .setReusedBytes(0)
        .clearLoadBlockIds()
        .addLoadBlockIds(1)
        .addLoadBlockIds(2);
    schedule.getBatchesBuilder(1).setLoadBytes(512_500_000).setReusedBytes(1_537_500_000);
    DrawnTimeline drawn = draw(schedule.build());
    List<String> lines = drawn.lines();
    assertTrue(lines.containsAll(List.of("2.05 GB", "2", "0 B", "512.50 MB", "1.54 GB")));
    Box all = drawn.rects("loaded").get(0);
    assertEquals(width(all) / 4, width(drawn.rects("loaded").get(1)), 0.02);
    assertEquals(width(all) * 3 / 4, width(drawn.rects("reused").get(0)), 0.02);
  }

  @Test
  void subtitle_saysWhatThePlanAchieves() throws Exception {
    PlanRequest.Builder request = request(BUDGET, 6).toBuilder();
    request.getChannelStateBuilder().getPrbGridBuilder().setPrbCount(106);
    request.getChannelStateBuilder().getPrbGridBuilder().setSubcarrierSpacingKhz(30);
    PlanResponse response =
        response(schedule(1, BUDGET, "m").toBuilder().setLoadMargin(0.125).build()).toBuilder()
            .setServedUserCount(4)
            .setServedUserUpperBound(5)
            .setOptimality(Optimality.OPTIMALITY_NOT_PROVEN)
            .addUnservedUsers(unserved("dan", UnservedReason.UNSERVED_REASON_OUT_OF_REACH))
            .addUnservedUsers(unserved("finn", UnservedReason.UNSERVED_REASON_DISPLACED))
            .addUnservedUsers(unserved("gus", UnservedReason.UNSERVED_REASON_NO_CHANNEL))
            .build();
    String all =
        String.join(
            " ", new DrawnTimeline(ScheduleTimeline.svg("t", request.build(), response)).lines());
    assertTrue(all.contains("4 of 6 users served, no plan serves more than 5"), all);
    assertTrue(all.contains("complete after 630 of 700 ms"), all);
    assertTrue(all.contains("algorithm: partial-loading-gen"), all);
    assertTrue(
        all.contains("3 left out: 1 out of reach, 1 displaced by others, 1 without a channel"),
        all);
    assertTrue(all.contains("margins included: load +12.5%"), all);
    assertTrue(all.contains("106 PRBs of 30 kHz"), all);
    assertTrue(all.contains("70 ms to spare"), all);
  }

  @Test
  void hostileNames_areTextAndNothingElse() throws Exception {
    String hostile = "</text><script>alert('1')</script>\u0000\u001b[2J\"&amp;\u202e";
    Schedule.Builder schedule = schedule(3, BUDGET, hostile).toBuilder();
    grant(schedule, hostile, 0.001);
    PlanRequest request = request(BUDGET, 3);
    DrawnTimeline drawn =
        new DrawnTimeline(ScheduleTimeline.svg(hostile, request, response(schedule.build())));
    assertEquals(List.of("svg", "title", "rect", "g", "text", "line"), drawn.elementNames());
    assertTrue(drawn.lines().contains(hostile.replaceAll("\\p{Cc}|\u202e", "?")));
    assertTidy(drawn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W", "i", "\u6a21", "\ud83d\ude00", "\u0416"})
  void longNames_areCutOff(String letter) throws Exception {
    String name = letter.repeat(300);
    Schedule.Builder schedule = schedule(12, BUDGET, name).toBuilder();
    schedule.getBatchesBuilder(0).clearGrants();
    grant(schedule, name, 1);
    PlanRequest request = request(BUDGET, 12);
    DrawnTimeline drawn =
        new DrawnTimeline(ScheduleTimeline.svg(name, request, response(schedule.build())));
    assertTrue(drawn.lines().stream().filter(line -> line.startsWith(letter)).count() >= 14);
    assertTidy(drawn);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 ns",
    "850, 850 ns",
    "12500, 12.5 µs",
    "850000000, 850 ms",
    "3000000000, 3000 ms",
    "5400000000000, 90 min",
    "43200000000000, 12 h",
    "1152921504606846976, 13344 d",
  })
  void durations_fromNanosecondsToYears_areInTheUnitThatSuits(long budget, String text)
      throws Exception {
    DrawnTimeline drawn = draw(schedule(3, budget, "m"), (double) budget);
    assertTrue(drawn.lines().contains("budget " + text), drawn.lines()::toString);
    assertTidy(drawn);
  }

  @Test
  void emptySchedule_saysSo() throws Exception {
    DrawnTimeline drawn =
        new DrawnTimeline(
            ScheduleTimeline.svg("night", request(BUDGET, 0), PlanResponse.getDefaultInstance()));
    assertTrue(
        drawn
            .lines()
            .containsAll(List.of("night", "no batches", "budget 700 ms", "700 ms to spare")));
    assertTrue(drawn.lines().get(1).startsWith("no users are waiting"), drawn.lines()::toString);
    assertTidy(drawn);
  }

  @Test
  void planWithoutTimeToSpare_saysSo() throws Exception {
    Schedule schedule = schedule(2, BUDGET, "m");
    DrawnTimeline drawn = draw(schedule, nanoseconds(schedule.getCompletion()));
    assertTrue(drawn.lines().contains("nothing to spare"), drawn.lines()::toString);
    assertEquals(List.of(), drawn.rects("spare"));
  }

  @Test
  void faultyAnswer_isDrawnAllTheSame() throws Exception {
    Schedule.Builder schedule = schedule(3, BUDGET, "m").toBuilder();
    schedule.getBatchesBuilder(0).clearGrants();
    grant(schedule, "no number", Double.NaN).setUploadRateBps(Double.POSITIVE_INFINITY);
    grant(schedule, "less than nothing", -0.5);
    grant(schedule, "far too much", 1e300);
    schedule
        .getBatchesBuilder(1)
        .setStart(duration(-5))
        .setLoad(duration(-1))
        .setLoadBytes(-1)
        .clearModelId();
    schedule.getBatchesBuilder(2).setCompute(Duration.newBuilder().setSeconds(315_576_000_000L));
    DrawnTimeline drawn = draw(schedule.build());
    assertTidy(drawn);

    DrawnTimeline late = draw(schedule(3, BUDGET, "m"), BUDGET / 10);
    assertTrue(late.lines().contains("560 ms too long"), late.lines()::toString);
    assertTidy(late);
  }

  @Test
  void drawing_isTheSameEverywhereAndRefersToNothing() {
    PlanRequest request = request(BUDGET, 9);
    PlanResponse response = response(schedule(9, BUDGET, "m"));
    String svg = ScheduleTimeline.svg("t", request, response);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(svg, ScheduleTimeline.svg("t", request, response));
    } finally {
      Locale.setDefault(before);
    }
    String withoutNamespace = svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertFalse(
        Pattern.compile("href|src|url\\(|https?:|<script|<image|@import")
            .matcher(withoutNamespace)
            .find());
  }

  /** Nothing runs out of the drawing, and no text touches another. */
  private static void assertTidy(DrawnTimeline drawn) {
    drawn.drawing().assertTidy();
    for (Box rect : drawn.rects()) {
      // Rounding to hundredths is no offence.
      assertTrue(rect.left() >= -0.02 && rect.right() <= drawn.drawing().width() + 0.02);
      assertTrue(rect.top() >= -0.02 && rect.bottom() <= drawn.drawing().height() + 0.02);
    }
    for (Element batch : drawn.batches()) {
      assertFalse(batch.getElementsByTagName("title").item(0).getTextContent().isEmpty());
    }
  }

  private static double width(Box box) {
    return box.right() - box.left();
  }

  private static DrawnTimeline draw(Schedule schedule) throws Exception {
    return draw(schedule, BUDGET);
  }

  private static DrawnTimeline draw(Schedule schedule, double budget) throws Exception {
    PlanRequest request = request((long) budget, schedule.getBatchesCount());
    return new DrawnTimeline(ScheduleTimeline.svg("title", request, response(schedule)));
  }

  private static PlanRequest request(long budget, int users) {
    PlanRequest.Builder request = PlanRequest.newBuilder().setLatencyBudget(duration(budget));
    for (int k = 0; k < users; k++) {
      request.getUserSnapshotBuilder().addUsers(User.newBuilder().setId("ue-" + k));
    }
    return request.build();
  }

  private static PlanResponse response(Schedule schedule) {
    return PlanResponse.newBuilder()
        .setSchedule(schedule)
        .setServedUserCount(schedule.getBatchesCount())
        .setOptimality(Optimality.OPTIMALITY_PROVEN)
        .setAlgorithm(Algorithm.ALGORITHM_PARTIAL_LOADING_GEN)
        .build();
  }

  private static UnservedUser unserved(String id, UnservedReason reason) {
    return UnservedUser.newBuilder().setUserId(id).setReason(reason).build();
  }

  /** Batches of random steps, users and bytes that complete after nine tenths of the budget. */
  private static Schedule schedule(int batches, long budget, String model) {
    Random random = new Random(batches);
    Schedule.Builder schedule = Schedule.newBuilder();
    long end = 0;
    for (int i = 0; i < batches; i++) {
      long start = end;
      end = Math.round(0.9 * budget * (i + 1) / batches);
      long upload = Math.round((end - start) * 0.4 * random.nextDouble());
      long load = Math.round((end - start) * 0.5 * random.nextDouble());
      Batch.Builder batch =
          schedule
              .addBatchesBuilder()
              .setModelId(model)
              .addLoadBlockIds(i)
              .setLoadBytes(1 + random.nextInt(1_000_000_000))
              .setReusedBytes(random.nextInt(1_000_000_000))
              .setStart(duration(start))
              .setUpload(duration(upload))
              .setLoad(duration(load))
              .setCompute(duration(end - start - upload - load));
      int users = 1 + random.nextInt(6);
      for (int k = 0; k < users; k++) {
        batch.addGrantsBuilder().setUserId("ue-" + k).setBandwidthFraction(1.0 / users);
      }
    }
    return schedule.setCompletion(duration(end)).build();
  }

  private static BandwidthGrant.Builder grant(
      Schedule.Builder schedule, String user, double fraction) {
    return schedule
        .getBatchesBuilder(0)
        .addGrantsBuilder()
        .setUserId(user)
        .setBandwidthFraction(fraction);
  }

  private static Duration duration(long nanoseconds) {
    return Duration.newBuilder()
        .setSeconds(nanoseconds / 1_000_000_000)
        .setNanos((int) (nanoseconds % 1_000_000_000))
        .build();
  }

  private static double nanoseconds(Duration duration) {
    return duration.getSeconds() * 1e9 + duration.getNanos();
  }

  /** CIE lightness, 0 to 100. */
  private static double lightness(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double luminance =
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    return 116 * Math.cbrt(luminance) - 16;
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
