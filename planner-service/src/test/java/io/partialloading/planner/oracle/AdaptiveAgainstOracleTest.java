// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import io.partialloading.planner.fixture.FeatureMix;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BandwidthGrant;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import io.partialloading.planner.v1.User;
import io.partialloading.planner.v1.UserChannel;
import io.partialloading.planner.v1.UserChannel.QualityCase;
import io.partialloading.planner.wire.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The adaptive planner against the optimum by enumeration. */
class AdaptiveAgainstOracleTest {
  private static final String ALL = "io.partialloading.planner.fixture.FeatureMix#withStructures";
  private static final String PROVABLE =
      "io.partialloading.planner.fixture.FeatureMix#provableWithStructures";

  private static final int SEEDS = 1_000;
  private static final int MAX_MODELS = 5;
  private static final int MAX_USERS = 8;

  /** Each transfer stage of a load is rounded up to a nanosecond. */
  private static final long ROUNDING_PER_LOAD = 2;

  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  @ParameterizedTest
  @MethodSource(PROVABLE)
  void adaptive_servesTheOptimumAndProvesIt(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < seeds(mix); seed++) {
      PlanRequest request =
          RandomRequests.of(structure, mix.features(), seed, MAX_MODELS, MAX_USERS);
      Optimum optimum = new OrderAndCountOracle(new SmallProblem(request)).optimum();

      PlanResponse response = plan(request);

      String message = structure + " " + mix + " " + seed;
      assertEquals(optimum.servedUserCount(), response.getServedUserCount(), message);
      long late = completion(response) - optimum.completion();
      assertTrue(
          Math.abs(late) <= rounding(request, response), message + ": late by " + late + " ns");
      assertEquals(optimum.servedUserCount(), response.getServedUserUpperBound(), message);
      assertEquals(Optimality.OPTIMALITY_PROVEN, response.getOptimality(), message);
      assertEquals(Algorithm.ALGORITHM_ADAPTIVE, response.getAlgorithm(), message);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVABLE)
  void budgetOnTheEdge_isKeptToTheNanosecond(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < seeds(mix) / 2; seed++) {
      PlanRequest request =
          RandomRequests.withRoundNumbers(structure, mix.features(), seed, MAX_MODELS, MAX_USERS);
      Optimum optimum = new OrderAndCountOracle(new SmallProblem(request)).optimum();
      if (optimum.completion() < 2) {
        continue;
      }
      String message = structure + " " + mix + " " + seed;

      PlanResponse just = plan(withBudget(request, optimum.completion()));
      assertEquals(optimum.servedUserCount(), just.getServedUserCount(), message);
      assertEquals(optimum.completion(), completion(just), message);

      PlanRequest shorter = withBudget(request, optimum.completion() - 1);
      assertEquals(
          new OrderAndCountOracle(new SmallProblem(shorter)).optimum().servedUserCount(),
          plan(shorter).getServedUserCount(),
          message + ", a nanosecond less");
    }
  }

  /**
   * Where loads need not be subadditive, visiting a model twice may pay: then nothing is proven.
   */
  @ParameterizedTest
  @MethodSource("io.partialloading.planner.fixture.FeatureMix#unprovableWithStructures")
  void anyTransferProfile_isPlannedWellAndNeverProvenWrongly(Structure structure, FeatureMix mix) {
    int optimal = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      PlanRequest request = RandomRequests.of(structure, mix.features(), seed, 4, 5);
      int optimum = new BatchSequenceOracle(new SmallProblem(request)).optimum().servedUserCount();

      PlanResponse response = plan(request);

      String message = structure + " " + mix + " " + seed;
      int served = response.getServedUserCount();
      assertTrue(served <= optimum, message);
      assertTrue(response.getServedUserUpperBound() >= optimum, message);
      boolean proven = response.getOptimality() == Optimality.OPTIMALITY_PROVEN;
      assertEquals(served == response.getServedUserUpperBound(), proven, message);
      optimal += served == optimum ? 1 : 0;
    }
    assertTrue(optimal >= 0.99 * SEEDS, structure + " " + mix + ": optimal " + optimal);
  }

  @Test
  void secondVisitThatPays_isNotFoundButNotRuledOut() {
    // Loads whose time grows fourfold with every block: best one block at a time, and so m0 between
    // m3 and m1 and again between m1 and m2.
    PlanRequest.Builder request =
        PlanRequest.newBuilder().setLatencyBudget(Durations.fromMicros(8_001));
    PiecewiseLinearTransfer.Builder load =
        request.getEdgeServerBuilder().getHostToGpuBuilder().getPiecewiseLinearBuilder();
    for (int block = 0; block < 5; block++) {
      request.getBlockLibraryBuilder().addBlocksBuilder().setId(block).setSizeBytes(1_000);
      load.addPointsBuilder()
          .setBytes(1_000 * (block + 1))
          .setDuration(Durations.fromMicros(1_000 << 2 * block));
    }
    addModel(request, 2, 0, 3, 4);
    addModel(request, 1, 0, 2, 4);
    addModel(request, 2, 0, 1, 3);
    addModel(request, 1, 3, 4);
    request.getEdgeServerBuilder().setGpuMemoryBytes(5_000);
    request.getChannelStateBuilder().setBandwidthHz(1e9);
    SmallProblem problem = new SmallProblem(request.build());
    assertEquals(6, new BatchSequenceOracle(problem).optimum().servedUserCount());
    assertEquals(5, new OrderAndCountOracle(problem).optimum().servedUserCount());

    PlanResponse response = plan(request.build());

    assertEquals(5, response.getServedUserCount());
    assertTrue(response.getServedUserUpperBound() >= 6);
    assertEquals(Optimality.OPTIMALITY_NOT_PROVEN, response.getOptimality());
  }

  /** Adds a model, and users of it that take next to no time. */
  private static void addModel(PlanRequest.Builder request, int users, Integer... blocks) {
    String id = "m" + request.getBlockLibrary().getModelsCount();
    Model.Builder model = request.getBlockLibraryBuilder().addModelsBuilder().setId(id);
    model.addAllBlockIds(List.of(blocks)).getComputeBuilder().getAffineBuilder();
    for (int k = 0; k < users; k++) {
      String user = "u" + k + id;
      request
          .getUserSnapshotBuilder()
          .addUsers(User.newBuilder().setId(user).setModelId(id).setUploadBytes(1));
      request
          .getChannelStateBuilder()
          .addUserChannels(UserChannel.newBuilder().setUserId(user).setSpectralEfficiency(8));
    }
  }

  /** More users of a model than are split into batches exactly. */
  @ParameterizedTest
  @EnumSource(names = {"GRID", "TABLES_ON_GRID"})
  void manyUsersOnAGrid_arePlannedWellAndNeverProvenWrongly(FeatureMix mix) {
    int seeds = 60;
    int optimal = 0;
    for (int seed = 0; seed < seeds; seed++) {
      PlanRequest request = RandomRequests.of(Structure.NONE, mix.features(), seed, 1, 12);
      Optimum optimum = new OrderAndCountOracle(new SmallProblem(request)).optimum();

      PlanResponse response = plan(request);

      String message = mix + " " + seed;
      int served = response.getServedUserCount();
      assertTrue(served <= optimum.servedUserCount(), message);
      assertTrue(response.getServedUserUpperBound() >= optimum.servedUserCount(), message);
      boolean proven = response.getOptimality() == Optimality.OPTIMALITY_PROVEN;
      assertEquals(served == response.getServedUserUpperBound(), proven, message);
      optimal += served == optimum.servedUserCount() ? 1 : 0;
    }
    assertTrue(optimal >= 0.95 * seeds, mix + ": optimal " + optimal);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sameRequest_getsTheSameBytes(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < seeds(mix) / 4; seed++) {
      PlanRequest request =
          RandomRequests.of(structure, mix.features(), seed, MAX_MODELS, MAX_USERS);

      assertEquals(bytes(plan(request)), bytes(plan(request)), structure + " " + mix + " " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVABLE)
  void unservedUsers_areExplained(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < seeds(mix); seed++) {
      PlanRequest request =
          RandomRequests.of(structure, mix.features(), seed, MAX_MODELS, MAX_USERS);
      SmallProblem problem = new SmallProblem(request);
      OrderAndCountOracle oracle = new OrderAndCountOracle(problem);

      PlanResponse response = plan(request);

      String message = structure + " " + mix + " " + seed;
      int served = served(request, response);
      List<String> left = new ArrayList<>();
      for (int user = 0; user < problem.userCount(); user++) {
        if ((served & (1 << user)) == 0) {
          left.add(request.getUserSnapshot().getUsers(user).getId());
        }
      }
      assertEquals(
          left,
          response.getUnservedUsersList().stream().map(UnservedUser::getUserId).toList(),
          message);
      for (UnservedUser unserved : response.getUnservedUsersList()) {
        int user = indexOf(request, unserved.getUserId());
        checkReason(message, problem, oracle, served, user, unserved, rounding(request, response));
      }
    }
  }

  private static void checkReason(
      String message,
      SmallProblem problem,
      OrderAndCountOracle oracle,
      int served,
      int user,
      UnservedUser unserved,
      long rounding) {
    String about = message + " " + unserved.getUserId();
    if (!problem.isInReach(user)) {
      assertEquals(
          problem.isChannelKnown(user)
              ? UnservedReason.UNSERVED_REASON_OUT_OF_REACH
              : UnservedReason.UNSERVED_REASON_NO_CHANNEL,
          unserved.getReason(),
          about);
      return;
    }
    if (!problem.fits(problem.model(user), 1 << user)) {
      assertEquals(
          UnservedReason.UNSERVED_REASON_MODEL_EXCEEDS_GPU_MEMORY, unserved.getReason(), about);
      return;
    }
    long shortfall = Durations.toNanos(unserved.getShortfall());
    long alone = oracle.leastTimeToServe(1 << user);
    if (alone > problem.budget()) {
      assertEquals(
          UnservedReason.UNSERVED_REASON_EXCEEDS_BUDGET_ALONE, unserved.getReason(), about);
      assertTrue(Math.abs(alone - problem.budget() - shortfall) <= rounding, about);
      return;
    }
    assertEquals(UnservedReason.UNSERVED_REASON_DISPLACED, unserved.getReason(), about);
    assertTrue(shortfall > 0, about);
    // With a budget longer by the shortfall it can join those served.
    assertTrue(
        oracle.leastTimeToServe(served | (1 << user)) <= problem.budget() + shortfall + rounding,
        about);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sharingStructure_isThatOfTheRequestedModels(Structure structure, FeatureMix mix) {
    for (int seed = 0; seed < seeds(mix); seed++) {
      PlanRequest request =
          RandomRequests.of(structure, mix.features(), seed, MAX_MODELS, MAX_USERS);

      SharingStructure found = plan(request).getSharingStructure();

      String message = structure + " " + mix + " " + seed;
      assertEquals(!hasSharing(request), found == SharingStructure.SHARING_STRUCTURE_NONE, message);
      assertEquals(
          hasCrossing(request), found == SharingStructure.SHARING_STRUCTURE_GENERAL, message);
    }
  }

  private static boolean hasSharing(PlanRequest request) {
    return modelsByBlock(request).stream().anyMatch(models -> models.size() > 1);
  }

  /** Whether the models of two blocks overlap without one containing the other's. */
  private static boolean hasCrossing(PlanRequest request) {
    for (Set<String> a : modelsByBlock(request)) {
      for (Set<String> b : modelsByBlock(request)) {
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        if (!both.isEmpty() && both.size() < a.size() && both.size() < b.size()) {
          return true;
        }
      }
    }
    return false;
  }

  /** For each block the requested models that have it; none where sharing is ignored. */
  private static List<Set<String>> modelsByBlock(PlanRequest request) {
    if (request.getOptions().getIgnoreParameterSharing()) {
      return List.of();
    }
    Set<String> known =
        request.getChannelState().getUserChannelsList().stream()
            .filter(channel -> channel.getQualityCase() != QualityCase.QUALITY_NOT_SET)
            .map(UserChannel::getUserId)
            .collect(Collectors.toSet());
    Set<String> requested =
        request.getUserSnapshot().getUsersList().stream()
            .filter(user -> user.getUploadBytes() == 0 || known.contains(user.getId()))
            .map(User::getModelId)
            .collect(Collectors.toSet());
    return request.getBlockLibrary().getBlocksList().stream()
        .map(
            block ->
                request.getBlockLibrary().getModelsList().stream()
                    .filter(model -> model.getBlockIdsList().contains(block.getId()))
                    .map(Model::getId)
                    .filter(requested::contains)
                    .collect(Collectors.toSet()))
        .toList();
  }

  private static int seeds(FeatureMix mix) {
    return mix == FeatureMix.PAPER ? SEEDS : SEEDS / 3;
  }

  private PlanResponse plan(PlanRequest request) {
    return planner.plan(request, StopSignal.NEVER);
  }

  private static PlanRequest withBudget(PlanRequest request, long budget) {
    return request.toBuilder().setLatencyBudget(Durations.fromNanos(budget)).build();
  }

  private static long completion(PlanResponse response) {
    return Durations.toNanos(response.getSchedule().getCompletion());
  }

  /** What a plan's completion may differ from exact arithmetic's, in ns. */
  private static long rounding(PlanRequest request, PlanResponse response) {
    long loads =
        response.getSchedule().getBatchesList().stream()
            .filter(batch -> batch.getLoadBytes() > 0)
            .count();
    // Doubles scale by a margin, and round up once for each transfer, upload and sample.
    PlanOptions options = request.getOptions();
    boolean scaled =
        options.getUploadMargin() + options.getLoadMargin() + options.getComputeMargin() > 0;
    return ROUNDING_PER_LOAD * loads
        + (scaled ? 2 * loads + 3L * request.getUserSnapshot().getUsersCount() : 0);
  }

  private static ByteString bytes(PlanResponse response) {
    return response.toBuilder().clearPlanningTime().build().toByteString();
  }

  private static int served(PlanRequest request, PlanResponse response) {
    int served = 0;
    for (Batch batch : response.getSchedule().getBatchesList()) {
      for (BandwidthGrant grant : batch.getGrantsList()) {
        served |= 1 << indexOf(request, grant.getUserId());
      }
    }
    return served;
  }

  private static int indexOf(PlanRequest request, String userId) {
    return request.getUserSnapshot().getUsersList().stream()
        .map(User::getId)
        .toList()
        .indexOf(userId);
  }
}
