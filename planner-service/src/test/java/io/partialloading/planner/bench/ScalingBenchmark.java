// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Planner;
import io.partialloading.planner.plan.PlanningOptions;
import io.partialloading.planner.solve.AdaptivePlanner;
import io.partialloading.planner.solve.Solution;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to plan as users and models grow: one component of nested sharing, models as paths down a
 * random tree of twice as many blocks as models, a budget that serves about three quarters of the
 * users.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=ScalingBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScalingBenchmark {
  @Param({
    "80 x 50",
    "160 x 50",
    "320 x 50",
    "625 x 50",
    "1250 x 125",
    "2500 x 250",
    "5000 x 500",
    "10000 x 50",
    "10000 x 100",
    "10000 x 200",
    "10000 x 500",
    "10000 x 1000"
  })
  public String usersByModels;

  private final AdaptivePlanner adaptive = new AdaptivePlanner(List.of());
  private Instance instance;

  @Setup
  public void draw() {
    String[] sizes = usersByModels.split(" x ", -1);
    int users = Integer.parseInt(sizes[0]);
    int models = Integer.parseInt(sizes[1]);
    long ample = Instance.MAX_BUDGET;
    Instance unlimited = draw(users, models, ample);
    Plan all = Planner.plan(unlimited, PlanningOptions.DEFAULT, StopSignal.NEVER);
    if (!all.unservedUsers().isEmpty()) {
      throw new IllegalStateException(
          all.unservedUsers().size() + " users unserved in unlimited time");
    }
    long whole = all.schedule().completion();
    instance = draw(users, models, whole * 6 / 10);
    Solution solution = adaptive.solve(instance, StopSignal.NEVER);
    System.out.printf("serves %d of %d users%n", solution.servedUserCount(), users);
  }

  private static Instance draw(int users, int models, long budget) {
    Random random = new Random(1);
    int blocks = 2 * models;
    long[] blockBytes = new long[blocks];
    int[][] paths = new int[blocks][];
    for (int block = 0; block < blocks; block++) {
      blockBytes[block] = 1_000_000 + random.nextInt(20_000_000);
      int[] parent = block == 0 ? new int[0] : paths[random.nextInt(block)];
      paths[block] = new int[parent.length + 1];
      System.arraycopy(parent, 0, paths[block], 0, parent.length);
      paths[block][parent.length] = block;
    }
    int[] userModels = new int[users];
    long[] uploadTimes = new long[users];
    for (int user = 0; user < users; user++) {
      userModels[user] = user < models ? user : random.nextInt(models);
      uploadTimes[user] = 100_000 + random.nextInt(3_000_000);
    }
    Instance.Builder builder =
        new Instance.Builder(budget, blockBytes, userModels, uploadTimes)
            .loadTimes(new LoadTimes(TransferTime.affine(100_000, 2.5e9), TransferTime.NONE));
    for (int model = 0; model < models; model++) {
      builder.addModel(
          paths[random.nextInt(blocks)].clone(), ComputeTimes.affine(2_000_000, 150_000), 32);
    }
    return builder.build();
  }

  @Benchmark
  public Solution solve() {
    return adaptive.solve(instance, StopSignal.NEVER);
  }

  @Benchmark
  public Plan plan() {
    return Planner.plan(instance, PlanningOptions.DEFAULT, StopSignal.NEVER);
  }
}
