// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.partialloading.planner.queue.Client;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.queue.LoadLimits;
import io.partialloading.planner.queue.Outcome;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.queue.Work;
import java.time.Duration;
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
 * What the queue adds to a call: asked at its headers, its job submitted, started and finished,
 * while one job each of some other clients waits.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify
 * -Dbenchmarks=PlanningQueueBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlanningQueueBenchmark implements Job.Task {
  @Param({"0", "1000"})
  public int waitingClients;

  private final Client client = new Client();
  private PlanningQueue queue;

  @Setup
  public void fill() {
    queue = new PlanningQueue(new LoadLimits(2, 10_000, Duration.ofDays(1), 1, 1));
    for (int i = 0; i < waitingClients; i++) {
      queue.submit(new Job(new Client(), Work.PLAN, 13_000, i + 1, this), Job.FOREVER);
    }
  }

  @Benchmark
  public boolean passThrough() {
    return queue.letCome(client, Job.FOREVER) == null
        && queue.arrive(new Job(client, Work.PLAN, 13_000, 7, this), Job.FOREVER) == null
        && queue.workOnce();
  }

  @Override
  public Outcome run(long waited) {
    return Outcome.ANSWERED;
  }

  @Override
  public void refuse(Refusal refusal) {}
}
