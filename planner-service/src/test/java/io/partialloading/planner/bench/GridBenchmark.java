// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import io.partialloading.planner.plan.Plan;
import io.partialloading.planner.plan.Planner;
import io.partialloading.planner.plan.PlanningOptions;
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
 * Time to plan many users of one model on whole PRBs, where splitting them into batches is most of
 * the work: 273 PRBs, uploads of 20 ms on the whole band in the median, a budget that serves about
 * nine users in ten.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=GridBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GridBenchmark {
  private static final int PRBS = 273;

  @Param({"10", "100", "200", "500", "3000", "10000"})
  public int users;

  private Instance instance;

  @Setup
  public void draw() {
    Random random = new Random(1);
    long[] unitTimes = new long[users];
    for (int user = 0; user < users; user++) {
      unitTimes[user] = (long) (Math.exp(0.8 * random.nextGaussian()) * 20e6 * PRBS);
    }
    instance =
        new Instance.Builder(
                20_000_000L * users, new long[] {100_000_000}, new int[users], unitTimes)
            .loadTimes(new LoadTimes(TransferTime.affine(0, 1e9), TransferTime.NONE))
            .bandwidthSharing(BandwidthSharing.prbGrid(PRBS))
            .addModel(new int[] {0}, ComputeTimes.affine(5_000_000, 300_000), Integer.MAX_VALUE)
            .build();
    Plan plan = plan();
    System.out.printf(
        "serves %d of %d users, bound %d%n",
        plan.solution().servedUserCount(), users, plan.solution().servedUserUpperBound());
  }

  @Benchmark
  public Plan plan() {
    return Planner.plan(instance, PlanningOptions.DEFAULT, StopSignal.NEVER);
  }
}
