// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Sensitivity;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.User;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  @Test
  void print_wideBatches_wrapsWithinTheWidth() {
    PlanRequest.Builder request =
        PlanRequest.newBuilder().setLatencyBudget(Durations.fromMillis(700));
    PlanResponse.Builder response = PlanResponse.newBuilder();
    Batch.Builder batch =
        response.getScheduleBuilder().addBatchesBuilder().setModelId("m".repeat(80));
    for (int k = 0; k < 200; k++) {
      request.getUserSnapshotBuilder().addUsers(User.newBuilder().setId("ue-" + k));
      if (k < 100) {
        batch.addGrantsBuilder().setUserId("ue-" + k).setBandwidthFraction(0.01);
      } else {
        response
            .addUnservedUsersBuilder()
            .setUserId("ue-" + k)
            .setReason(UnservedReason.UNSERVED_REASON_DISPLACED)
            .setShortfall(Durations.fromMicros(k));
      }
    }
    String table = new PlanTable(request.build(), response.build(), Text.WIDTH).print("wide");
    assertTrue(table.lines().allMatch(line -> line.length() <= Text.WIDTH), table);
    for (int k = 0; k < 200; k++) {
      assertTrue(table.contains("ue-" + k + " "), "ue-" + k);
    }
  }

  @Test
  void print_userWhoseChannelIsNotKnown_saysSo() {
    PlanRequest.Builder request = PlanRequest.newBuilder();
    request.getUserSnapshotBuilder().addUsersBuilder().setId("gus");
    PlanResponse.Builder response = PlanResponse.newBuilder();
    response
        .addUnservedUsersBuilder()
        .setUserId("gus")
        .setReason(UnservedReason.UNSERVED_REASON_NO_CHANNEL);
    String table = new PlanTable(request.build(), response.build(), Text.WIDTH).print("gap");
    assertTrue(table.contains("    whose channel is not known:\n      gus\n"), table);
  }

  @Test
  void print_userWithNothingToUpload_hasNoShare() {
    PlanResponse.Builder response = PlanResponse.newBuilder();
    response
        .getScheduleBuilder()
        .addBatchesBuilder()
        .addGrants(BandwidthGrant.newBuilder().setUserId("ana"))
        .addGrants(BandwidthGrant.newBuilder().setUserId("bob").setBandwidthFraction(1));
    String table =
        new PlanTable(PlanRequest.getDefaultInstance(), response.build(), Text.WIDTH).print("done");
    assertTrue(table.contains("\n      1  ana none, bob 100.0%\n"), table);
  }

  @Test
  void print_notProven_givesTheBound() {
    PlanRequest.Builder request = PlanRequest.newBuilder();
    request.getUserSnapshotBuilder().addUsersBuilder();
    request.getUserSnapshotBuilder().addUsersBuilder();
    PlanResponse response =
        PlanResponse.newBuilder()
            .setServedUserCount(1)
            .setServedUserUpperBound(2)
            .setOptimality(Optimality.OPTIMALITY_NOT_PROVEN)
            .build();
    String table = new PlanTable(request.build(), response, Text.WIDTH).print("unsure");
    assertTrue(table.contains("served      1 of 2 users; no plan serves more than 2\n"), table);
  }

  @Test
  void print_gridMarginsValidityAndSensitivity_areShown() {
    PlanResponse.Builder response =
        PlanResponse.newBuilder()
            .setValidUntil(Timestamps.fromSeconds(1_700_000_000))
            .setSensitivity(
                Sensitivity.newBuilder()
                    .setServedWithMoreBandwidth(5)
                    .setServedWithLongerBudget(6)
                    .setServedWithFasterTransfer(7)
                    .setServedWithFasterCompute(8));
    response
        .getScheduleBuilder()
        .setUploadMargin(0.1)
        .setComputeMargin(0.025)
        .addBatchesBuilder()
        .addGrants(
            BandwidthGrant.newBuilder().setUserId("ana").setBandwidthFraction(0.25).setPrbCount(6));

    String table =
        new PlanTable(PlanRequest.getDefaultInstance(), response.build(), Text.WIDTH).print("all");

    assertTrue(table.contains("\n  start by    2023-11-14T22:13:20Z\n"), table);
    assertTrue(
        table.contains("\n  margins     upload +10%, compute +2.5%; times below include them\n"),
        table);
    assertTrue(
        table.contains(
            "\n  10% more    serves 5 with bandwidth, 6 with budget, 7 with transfer rate, 8 with"
                + " compute\n"),
        table);
    assertTrue(table.contains("\n      1  ana 6 PRB 25.0%\n"), table);
  }

  @Test
  void print_controlCharactersInNames_doNotReachTheTerminal() {
    String table =
        new PlanTable(
                PlanRequest.getDefaultInstance(), PlanResponse.getDefaultInstance(), Text.WIDTH)
            .print("a\u001b[2Jb\nc\u202ed\u2067\u200b\ud800");
    assertTrue(table.startsWith("a?[2Jb?c?d???\n"), table);
  }

  @Test
  void blockNames_abbreviateRunsAndCountTheRest() {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    Model.Builder model = Model.newBuilder();
    for (int id = 0; id < 20; id++) {
      model.addBlockIds(id);
      library.addBlocks(ParameterBlock.newBuilder().setId(id).setName(id < 10 ? "b" + id : ""));
    }
    BlockNames names = new BlockNames(library.build());
    assertEquals(List.of("nothing"), names.describe(model.build(), id -> false));
    assertEquals(List.of("all 20 blocks"), names.describe(model.build(), id -> true));
    assertEquals(List.of("b0 .. b3 (4)"), names.describe(model.build(), id -> id < 4));
    assertEquals(
        List.of("b8", "b9", "block 12 .. block 14 (3)", "block 19"),
        names.describe(model.build(), Set.of(8, 9, 12, 13, 14, 19)::contains));
    assertEquals(
        List.of("b0", "b2", "b4", "b6", "and 6 more"),
        names.describe(model.build(), id -> id % 2 == 0));
  }
}
