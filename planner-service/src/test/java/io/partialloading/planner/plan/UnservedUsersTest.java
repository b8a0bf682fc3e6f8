// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import static io.partialloading.planner.fixture.Drawing.NO_CHANNEL;
import static io.partialloading.planner.fixture.Drawing.OUT_OF_REACH;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Users are numbered in the order drawn. */
class UnservedUsersTest {
  private static Batch batch(int model, int... users) {
    return new Batch(model, users);
  }

  private static Machine run(Drawing drawing, Batch... plan) {
    Machine machine = new Machine(drawing.instance());
    machine.run(List.of(plan));
    return machine;
  }

  /** Users like {@code 2 DISPLACED by 5}, with the shortfall in ms. */
  private static String explained(Drawing drawing, Batch... plan) {
    return UnservedUsers.explain(run(drawing, plan), StopSignal.NEVER).stream()
        .map(user -> user.user() + " " + user.reason() + " by " + user.shortfall() / 1e6)
        .map(text -> text.replaceAll("\\.0$", ""))
        .collect(Collectors.joining(", "));
  }

  @Test
  void everybodyServed_needsNoReason() {
    assertEquals("", explained(withinMillis(50).model("a10", 5, 6), batch(0, 0, 1)));
  }

  @Test
  void channelThatCarriesNothing_isOutOfReach() {
    Drawing drawing = withinMillis(50).model("a10", 5, OUT_OF_REACH);

    assertEquals("1 OUT_OF_REACH by 0", explained(drawing, batch(0, 0)));
  }

  @Test
  void modelThatDoesNotFit_exceedsMemory() {
    Drawing drawing = withinMillis(50).modelTooLarge("a10", 5).model("b10", 5);

    assertEquals("0 MODEL_EXCEEDS_GPU_MEMORY by 0", explained(drawing, batch(1, 1)));
  }

  @Test
  void channelThatIsNotKnown_isNoChannel() {
    Drawing drawing = withinMillis(50).model("a10", 5, NO_CHANNEL).modelTooLarge("b9", NO_CHANNEL);

    assertEquals("1 NO_CHANNEL by 0, 2 NO_CHANNEL by 0", explained(drawing, batch(0, 0)));
  }

  @Test
  void modelThatDoesNotFitAndChannelThatCarriesNothing_isOutOfReach() {
    assertEquals(
        "0 OUT_OF_REACH by 0", explained(withinMillis(50).modelTooLarge("a10", OUT_OF_REACH)));
  }

  @Test
  void userTooSlowAlone_exceedsTheBudgetByWhatItTakesBeyondIt() {
    // 30 + 10 + (5 + 1) ms.
    Drawing drawing = withinMillis(45).model("a10", 30, 29).computing(5, 1);

    assertEquals("0 EXCEEDS_BUDGET_ALONE by 1, 1 DISPLACED by 0", explained(drawing));
  }

  @Test
  void userOfAResidentModel_isNotTooSlowAlone() {
    Drawing drawing = withinMillis(45).model("a10", 45).resident("a10");

    assertEquals("0 DISPLACED by 0", explained(drawing));
  }

  @Test
  void userWhoWouldTakeCenturies_exceedsTheBudgetByWhatItTakesBeyondIt() {
    long upload = 3L << 61;
    long computing = 1L << 60;
    assertEquals(upload + computing + 7 - 100, shortfallOfCenturies(upload, computing));
    assertEquals(Long.MAX_VALUE - 100, shortfallOfCenturies(upload, 3L << 61));
    assertEquals(Long.MAX_VALUE - 100, shortfallOfCenturies(1, Long.MAX_VALUE));
  }

  /** Of a budget of 100 ns, where the load takes 7. */
  private static long shortfallOfCenturies(long upload, long computing) {
    Instance instance =
        new Instance.Builder(100, new long[] {7}, new int[] {0}, new long[] {upload})
            .loadTimes(new LoadTimes(TransferTime.affine(0, 1e9), TransferTime.NONE))
            .addModel(new int[] {0}, ComputeTimes.affine(computing, 0), 1)
            .build();
    UnservedUser user = UnservedUsers.explain(new Machine(instance), StopSignal.NEVER).get(0);
    assertEquals(UnservedUser.Reason.EXCEEDS_BUDGET_ALONE, user.reason());
    return user.shortfall();
  }

  @Test
  void userWhoCouldBeServedInsteadButNotBesides_isDisplacedForCenturies() {
    // Each is resident; after the other one it takes 2^62 ns to load.
    Instance instance =
        new Instance.Builder(100, new long[] {1, 1}, new int[] {0, 1}, new long[] {5, 6})
            .loadTimes(new LoadTimes(TransferTime.affine(1L << 62, 1e9), TransferTime.NONE))
            .residentBlocks(BitSet.valueOf(new long[] {3}))
            .addModel(new int[] {0}, ComputeTimes.affine(0, 0), 1)
            .addModel(new int[] {1}, ComputeTimes.affine(0, 0), 1)
            .build();
    Machine machine = new Machine(instance);
    machine.run(List.of(batch(0, 0)));

    assertEquals(
        List.of(new UnservedUser(1, UnservedUser.Reason.DISPLACED, (1L << 62) + 1 + 5 + 6 - 100)),
        UnservedUsers.explain(machine, StopSignal.NEVER));
  }

  /** Twice the bytes take ten times as long. */
  private static Drawing superadditive(int budget) {
    return withinMillis(budget).measuredLoads(new long[] {1, 2, 3}, 1, 10, 100);
  }

  @Test
  void userOfAModelThatIsVisited_goesWhereItSplitsALoad() {
    // B, A and C load 10, 0 and 10 and upload 1 each; with B before C too that loads 1 and C 1.
    Drawing drawing =
        superadditive(23).model("x1", 1).model("x1 y1", 1, 1, 12).model("x1 y1 z1", 1);

    assertEquals(
        "2 DISPLACED by 0, 3 DISPLACED by 4",
        explained(drawing, batch(1, 1), batch(0, 0), batch(2, 4)));
  }

  @Test
  void userOfAModelThatIsNotVisited_goesBetweenTwoBatchesOfOneModel() {
    // There B loads 1 and A again 1. First B would load 10 and A 1 as before, and last B 1 and C 10
    // instead of 1.
    Drawing drawing =
        superadditive(11)
            .model("x1 p1", 7, 1)
            .model("x1 y1", 1)
            .model("p1 c1", 1)
            .resident("p1")
            .largestBatch(1);

    assertEquals("2 DISPLACED by 3", explained(drawing, batch(0, 0), batch(0, 1), batch(2, 3)));
  }

  @Test
  void user_joinsABatchOfItsModel() {
    // 10 + 5 + 10 + 1 of 30 ms are taken; in the batch the user takes 7 + 1.
    Drawing drawing = withinMillis(30).model("a10", 5, 7).computing(10, 1);

    assertEquals("1 DISPLACED by 4", explained(drawing, batch(0, 0)));
  }

  @Test
  void user_joinsTheBatchThatGrowsLeast() {
    // A batch of three takes 30 ms more, of two 2 ms more; 10 + 3 + 12 + 2 + 10 are taken of 40.
    Drawing drawing = withinMillis(40).model("a10", 1, 2, 2, 7).computingTable(10, 12, 42);

    assertEquals("3 DISPLACED by 6", explained(drawing, batch(0, 0, 1), batch(0, 2)));
    assertEquals("3 DISPLACED by 6", explained(drawing, batch(0, 2), batch(0, 0, 1)));
  }

  @Test
  void user_whoseModelsBatchIsFull_takesANewBatch() {
    // 10 + 5 + 10 + 1 of 30 ms are taken; a new batch takes 7 + 10 + 1, and no load.
    Drawing drawing = withinMillis(30).model("a10", 5, 7).computing(10, 1).largestBatch(1);

    assertEquals("1 DISPLACED by 14", explained(drawing, batch(0, 0)));
  }

  @Test
  void user_whoMakesABatchMuchDearer_takesANewBatch() {
    // In the batch 7 + 40, in a new one 7 + 10.
    Drawing drawing = withinMillis(30).model("a10", 5, 7).computingTable(10, 50);

    assertEquals("1 DISPLACED by 12", explained(drawing, batch(0, 0)));
  }

  @Test
  void userOfAModelThatIsNotVisited_takesANewBatchBetweenOthers() {
    // 25 + 35 + 25 are taken. B loads 15 after A and saves C 10; elsewhere it takes 15 or 25.
    Drawing drawing =
        withinMillis(90)
            .model("x10 a10", 5)
            .model("x10 y10 b5", 5)
            .model("y10 c20", 5)
            .model("d20", 5);

    assertEquals("1 DISPLACED by 5", explained(drawing, batch(0, 0), batch(2, 2), batch(3, 3)));
  }

  @Test
  void userOfAModelThatIsNotVisited_takesANewBatchAtTheStart() {
    // 5 + 10 + 11 are taken. B loads nothing at the start, and 15 later.
    Drawing drawing =
        withinMillis(30).model("a10", 11).model("b10", 5).resident("b10").loadLatency(5);

    assertEquals("1 DISPLACED by 1", explained(drawing, batch(0, 0)));
  }

  @Test
  void userOfAModelThatIsNotVisited_takesANewBatchAtTheEnd() {
    // 35 + 25 are taken. B loads 5 after C; before A or C it takes 25.
    Drawing drawing = withinMillis(69).model("x20 a10", 5).model("c20 b5", 5).model("x20 c20", 5);

    assertEquals("1 DISPLACED by 1", explained(drawing, batch(0, 0), batch(2, 2)));
  }

  @Test
  void userOfAModelThatIsNotVisited_hasRoomInAPlanThatIsNotOptimal() {
    Drawing drawing = withinMillis(75).model("x20 a10", 5).model("c20 b5", 5).model("x20 c20", 5);

    assertEquals("1 DISPLACED by 0", explained(drawing, batch(0, 0), batch(2, 2)));
  }

  @Test
  void userOnPrbs_takesThoseThatTheBatchHasToSpare() {
    // On 4 PRBs 12 takes 3, and 3 + 10 + 6 are taken of 20; with 8 each has 2 PRBs and takes 6.
    Drawing drawing = withinMillis(20).model("a10", 8, 12).computing(5, 1).prbGrid(4);

    assertEquals("0 DISPLACED by 3", explained(drawing, batch(0, 1)));
  }

  @Test
  void userOnPrbs_whoUploadsFasterThanTheBatch_isSortedIn() {
    Drawing drawing = withinMillis(24).model("a10", 3, 9, 20).computing(5, 0).prbGrid(4);

    // 9 and 20 take 9 ms with 1 and 3 PRBs; with 3 as well, 10 ms with 1, 1 and 2.
    assertEquals("0 DISPLACED by 1", explained(drawing, batch(0, 1, 2)));
  }

  @Test
  void userOnEqualSubchannels_whoUploadsFasterThanTheSlowest_takesNoMoreUpload() {
    // Twice the longest: 2 · 9 with 3 or without. 18 + 10 + 4 + 1 are taken of 33.
    Drawing drawing = withinMillis(33).model("a10", 3, 9).computing(4, 1).equalSubchannels(2);

    assertEquals("0 DISPLACED by 1", explained(drawing, batch(0, 1)));
  }

  @Test
  void userOnEqualSubchannels_whoUploadsMoreSlowly_makesTheBatchLonger() {
    Drawing drawing = withinMillis(37).model("a10", 9, 11).computing(4, 1).equalSubchannels(2);

    // 18 + 10 + 4 + 1 are taken of 37; twice 11 instead takes 4 more, and computing 1.
    assertEquals("1 DISPLACED by 1", explained(drawing, batch(0, 0)));
  }

  @Test
  void userOnEqualSubchannels_allTaken_takesANewBatch() {
    // 2 · 9 + 10 + 4 + 2 are taken of 34; a new batch takes 2 · 3 + 4 + 1.
    Drawing drawing = withinMillis(34).model("a10", 3, 9, 8).computing(4, 1).equalSubchannels(2);

    assertEquals("0 DISPLACED by 11", explained(drawing, batch(0, 2, 1)));
  }

  @Test
  void userWithNothingToUpload_takesNoSubchannel() {
    // 2 · 9 + 10 + 4 + 2 are taken of 34; computing one more takes 1.
    Drawing drawing = withinMillis(34).model("a10", 0, 9, 8).computing(4, 1).equalSubchannels(2);

    assertEquals("0 DISPLACED by 1", explained(drawing, batch(0, 2, 1)));
  }

  @Test
  void userOnEqualSubchannels_besideUsersWithNothingToUpload_takesTheOneThatIsLeft() {
    // 2 · 8 + 10 + 4 + 2 are taken of 33; 9 instead of 8 takes 2 more, computing 1.
    Drawing drawing = withinMillis(33).model("a10", 0, 9, 8).computing(4, 1).equalSubchannels(2);

    assertEquals("1 DISPLACED by 2", explained(drawing, batch(0, 0, 2)));
  }

  @Test
  void severalUsers_areInTheOrderOfTheSnapshotEachByItself() {
    Drawing drawing =
        withinMillis(20).model("a10", 8, 4, OUT_OF_REACH, 9).model("b50", 1).model("c10", 2);

    assertEquals(
        "0 DISPLACED by 2, 2 OUT_OF_REACH by 0, 3 DISPLACED by 3,"
            + " 4 EXCEEDS_BUDGET_ALONE by 31, 5 DISPLACED by 6",
        explained(drawing, batch(0, 1)));
  }

  @Test
  void explain_thatNobodyWaitsFor_ends() {
    Machine machine = run(withinMillis(50).model("a10", 5));

    assertThrows(
        CancellationException.class, () -> UnservedUsers.explain(machine, Stop.cancelled()));
  }
}
