// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.paper.PartialLoadingGen;
import io.partialloading.planner.paper.PartialLoadingSpec;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.solve.AdaptivePlanner;
import io.partialloading.planner.solve.Solution;
import io.partialloading.planner.solve.Solver;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.wire.Limits;
import io.partialloading.planner.wire.RequestReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to plan requests of the paper's default scenario: the adaptive planner beside the paper's
 * algorithms, and a whole call from message to message without transport.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=PaperScaleBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PaperScaleBenchmark {
  private static final long SLOT = 10_000_000;

  private final PartialLoadingGen gen = new PartialLoadingGen(SLOT);
  private final Solver spec = new PartialLoadingSpec(SLOT);
  private final Solver adaptive = new AdaptivePlanner(List.of(gen));
  private final RequestPlanner planner = new RequestPlanner(Limits.DEFAULT);
  private PlanRequest bottomLayerRequest;
  private PlanRequest generalRequest;
  private Instance bottomLayer;
  private Instance general;

  @Setup
  public void read() {
    bottomLayerRequest = Vectors.named("paper-scale-bottom-layer").request();
    generalRequest = Vectors.named("paper-scale-general").request();
    RequestReader reader = new RequestReader(Limits.DEFAULT);
    bottomLayer = reader.read(bottomLayerRequest, StopSignal.NEVER).instance();
    general = reader.read(generalRequest, StopSignal.NEVER).instance();
  }

  @Benchmark
  public Solution bottomLayer_adaptive() {
    return adaptive.solve(bottomLayer, StopSignal.NEVER);
  }

  @Benchmark
  public Solution bottomLayer_spec() {
    return spec.solve(bottomLayer, StopSignal.NEVER);
  }

  @Benchmark
  public Solution bottomLayer_gen() {
    return gen.solve(bottomLayer, StopSignal.NEVER);
  }

  @Benchmark
  public PlanResponse bottomLayer_wholeCall() {
    return planner.plan(bottomLayerRequest, StopSignal.NEVER);
  }

  @Benchmark
  public Solution general_adaptive() {
    return adaptive.solve(general, StopSignal.NEVER);
  }

  @Benchmark
  public Solution general_gen() {
    return gen.solve(general, StopSignal.NEVER);
  }

  @Benchmark
  public PlanResponse general_wholeCall() {
    return planner.plan(generalRequest, StopSignal.NEVER);
  }
}
