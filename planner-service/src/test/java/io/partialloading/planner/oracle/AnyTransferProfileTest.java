// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partialloading.planner.fixture.RandomRequests;
import io.partialloading.planner.fixture.RandomRequests.Feature;
import io.partialloading.planner.fixture.RandomRequests.Structure;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.Optimality;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanOptions;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.SharingStructure;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.UnservedReason;
import io.partialloading.planner.v1.UnservedUser;
import io.partialloading.planner.wire.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every algorithm where loads are often faster in parts than in one, and so where coming back to a
 * model may pay, with budgets on the edge: those that some random sequence of batches just keeps.
 */
class AnyTransferProfileTest {
  private static final int SEEDS = 500;
  private static final int MAX_MODELS = 4;
  private static final int MAX_USERS = 5;
  private static final long LONGEST_BUDGET = 1L << 50;

  private static final List<Algorithm> ALGORITHMS =
      Stream.of(Algorithm.values()).filter(a -> a != Algorithm.UNRECOGNIZED).toList();

  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);

  static Stream<Arguments> kinds() {
    return Stream.of(Structure.values())
        .flatMap(
            structure ->
                Stream.of(
                        Set.<Feature>of(),
                        Set.of(Feature.MARGINS, Feature.TABLES),
                        Set.of(Feature.GRID, Feature.ANY_TRANSFER))
                    .map(features -> Arguments.of(structure, features)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bounds_holdForEverySequenceOfBatches(Structure structure, Set<Feature> features) {
    int searched = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      boolean isSteep = seed % 4 > 0;
      PlanRequest request = draw(structure, features, seed, isSteep);
      Optimum optimum = new BatchSequenceOracle(new SmallProblem(request)).optimum();
      for (Algorithm algorithm : ALGORITHMS) {
        if (algorithm == Algorithm.ALGORITHM_MAXIMUM_OVERLAP
            && request.getOptions().getIgnoreParameterSharing()) {
          continue; // it plans with sharing, the optimum is without
        }
        String message = structure + " " + features + " " + seed + " " + algorithm;
        PlanResponse plan = plan(with(request, algorithm), message);
        int served = plan.getServedUserCount();
        if (algorithm == Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH) {
          assertTrue(isSteep || features.contains(Feature.ANY_TRANSFER) || isPlan(plan), message);
          searched += isPlan(plan) ? 1 : 0;
          assertTrue(
              !isPlan(plan) || !isCold(request) || served == optimum.servedUserCount(), message);
        }
        if (isPlan(plan)) {
          assertTrue(served <= optimum.servedUserCount(), message);
          assertTrue(optimum.servedUserCount() <= plan.getServedUserUpperBound(), message);
          assertEquals(
              served == plan.getServedUserUpperBound(),
              plan.getOptimality() == Optimality.OPTIMALITY_PROVEN,
              message);
        }
      }
    }
    assertTrue(searched > SEEDS / 5, "searched exhaustively: " + searched);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shortfall_isTheLeastOfAllWaysToAddTheUser(Structure structure, Set<Feature> features) {
    int displaced = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      PlanRequest request = draw(structure, features, seed, seed % 4 > 0);
      for (Algorithm algorithm : ALGORITHMS) {
        PlanRequest asked = with(request, algorithm);
        String message = structure + " " + features + " " + seed + " " + algorithm;
        PlanResponse plan = plan(asked, message);
        SmallProblem problem = new SmallProblem(asked);
        List<Integer> batches = batches(asked, plan);
        for (UnservedUser unserved : plan.getUnservedUsersList()) {
          int user = user(asked, unserved.getUserId());
          long shortfall = Durations.toNanos(unserved.getShortfall());
          if (unserved.getReason() == UnservedReason.UNSERVED_REASON_DISPLACED) {
            long least = leastCompletion(problem, batches, user);
            assertEquals(Math.max(0, least - problem.budget()), shortfall, message);
            displaced += shortfall > 0 ? 1 : 0;
          } else if (unserved.getReason() == UnservedReason.UNSERVED_REASON_EXCEEDS_BUDGET_ALONE) {
            assertEquals(
                completion(problem, List.of(1 << user)) - problem.budget(), shortfall, message);
          }
        }
      }
    }
    assertTrue(displaced > SEEDS / 5, "displaced: " + displaced);
  }

  /** The least completion of the batches with the user in one of them or in a new one. */
  private static long leastCompletion(SmallProblem problem, List<Integer> batches, int user) {
    long least = Long.MAX_VALUE;
    for (int n = 0; n <= batches.size(); n++) {
      List<Integer> with = new ArrayList<>(batches);
      with.add(n, 1 << user);
      least = Math.min(least, completion(problem, with));
      if (n < batches.size() && model(problem, batches.get(n)) == problem.model(user)) {
        int joined = batches.get(n) | 1 << user;
        with = new ArrayList<>(batches);
        with.set(n, joined);
        if (problem.fits(problem.model(user), joined)) {
          least = Math.min(least, completion(problem, with));
        }
      }
    }
    return least;
  }

  private static long completion(SmallProblem problem, List<Integer> batches) {
    long time = 0;
    int previous = SmallProblem.START;
    for (int users : batches) {
      int model = model(problem, users);
      time += problem.load(previous, model) + problem.serve(model, users);
      previous = model;
    }
    return time;
  }

  private static int model(SmallProblem problem, int users) {
    return problem.model(Integer.numberOfTrailingZeros(users));
  }

  /** A request whose budget some sequence of batches just keeps. */
  private static PlanRequest draw(
      Structure structure, Set<Feature> features, int seed, boolean isSteep) {
    Random random = new Random(31L * seed + structure.name().hashCode());
    PlanRequest.Builder request =
        RandomRequests.withRoundNumbers(structure, features, seed, MAX_MODELS, MAX_USERS)
            .toBuilder();
    if (isSteep) {
      EdgeServer.Builder server = request.getEdgeServerBuilder().clearStorageToHost();
      server.getHostToGpuBuilder().setPiecewiseLinear(steep(random, request));
    }
    long budget = Durations.toNanos(request.getLatencyBudget());
    long edge = completion(new SmallProblem(request.build()), anyBatches(random, request.build()));
    return request
        .setLatencyBudget(Durations.fromNanos(edge > 0 && edge < LONGEST_BUDGET ? edge : budget))
        .build();
  }

  /** A profile that is slower by the byte beyond each point, about the size of a block or two. */
  private static PiecewiseLinearTransfer steep(Random random, PlanRequest.Builder request) {
    long typical =
        request.getBlockLibrary().getBlocksList().stream()
            .mapToLong(block -> block.getSizeBytes())
            .max()
            .orElse(4);
    PiecewiseLinearTransfer.Builder profile = PiecewiseLinearTransfer.newBuilder();
    long bytes = 0;
    long time = 0;
    long slope = 1;
    for (int point = 1 + random.nextInt(4); point > 0; point--) {
      long length = 1 + random.nextLong(typical);
      bytes += length;
      time += slope * length;
      slope *= 1 + random.nextInt(5);
      profile.addPoints(
          TransferPoint.newBuilder().setBytes(bytes).setDuration(Durations.fromNanos(time)));
    }
    return profile.build();
  }

  /** Batches of one to three users each, of any models, that a server could run. */
  private static List<Integer> anyBatches(Random random, PlanRequest request) {
    SmallProblem problem = new SmallProblem(request);
    List<Integer> batches = new ArrayList<>();
    int waiting =
        IntStream.range(0, problem.modelCount()).map(problem::usersOf).reduce(0, (a, b) -> a | b);
    while (waiting != 0 && random.nextInt(6) > 0) {
      int users = 1 << random.nextInt(problem.userCount()) & waiting;
      if (users != 0 && problem.fits(model(problem, users), users)) {
        int mate = 1 << random.nextInt(problem.userCount()) & waiting;
        boolean isTogether =
            mate != 0
                && model(problem, mate) == model(problem, users)
                && problem.fits(model(problem, mate), users | mate);
        users |= isTogether ? mate : 0;
        batches.add(users);
      }
      waiting &= ~users;
    }
    return batches;
  }

  /** The plan; one without an algorithm where the algorithm does not apply. */
  private PlanResponse plan(PlanRequest request, String message) {
    try {
      return planner.plan(request, StopSignal.NEVER);
    } catch (StatusRuntimeException e) {
      assertEquals(Status.Code.FAILED_PRECONDITION, e.getStatus().getCode(), message);
      Algorithm algorithm = request.getOptions().getAlgorithm();
      assertTrue(
          algorithm == Algorithm.ALGORITHM_EXHAUSTIVE_SEARCH
              || algorithm == Algorithm.ALGORITHM_PARTIAL_LOADING_SPEC,
          message);
      assertTrue(sharing(request) != SharingStructure.SHARING_STRUCTURE_NONE, message);
      return PlanResponse.getDefaultInstance();
    }
  }

  private static boolean isPlan(PlanResponse response) {
    return response.getAlgorithm() != Algorithm.ALGORITHM_UNSPECIFIED;
  }

  private SharingStructure sharing(PlanRequest request) {
    return planner
        .plan(with(request, Algorithm.ALGORITHM_ADAPTIVE), StopSignal.NEVER)
        .getSharingStructure();
  }

  private static PlanRequest with(PlanRequest request, Algorithm algorithm) {
    PlanOptions.Builder options =
        request.getOptions().toBuilder().setAlgorithm(algorithm).clearSlot();
    switch (algorithm) {
      case ALGORITHM_PARTIAL_LOADING_SPEC,
          ALGORITHM_PARTIAL_LOADING_GEN,
          ALGORITHM_INDEPENDENT_LOADING ->
          options.setSlot(
              Durations.fromNanos(Math.max(1, Durations.toNanos(request.getLatencyBudget()) / 50)));
      case ALGORITHM_MAXIMUM_OVERLAP -> options.clearIgnoreParameterSharing();
      default -> {}
    }
    return request.toBuilder().setOptions(options).build();
  }

  /** Whether resident blocks, which the paper's algorithms do not see, can make no difference. */
  private static boolean isCold(PlanRequest request) {
    return request.getOptions().getIgnoreParameterSharing()
        || request.getEdgeServer().getResidentBlockIdsCount() == 0;
  }

  private static List<Integer> batches(PlanRequest request, PlanResponse response) {
    List<Integer> batches = new ArrayList<>();
    for (Batch batch : response.getSchedule().getBatchesList()) {
      batches.add(
          batch.getGrantsList().stream()
              .mapToInt(grant -> 1 << user(request, grant.getUserId()))
              .sum());
    }
    return batches;
  }

  private static int user(PlanRequest request, String id) {
    return IntStream.range(0, request.getUserSnapshot().getUsersCount())
        .filter(user -> request.getUserSnapshot().getUsers(user).getId().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
