// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.ForwardingServerBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerBuilder;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.partialloading.planner.fixture.Vectors;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.service.PlanningObserver;
import io.partialloading.planner.service.RequestPlanner;
import io.partialloading.planner.service.RequestSummary;
import io.partialloading.planner.settings.Logging;
import io.partialloading.planner.settings.Telemetry;
import io.partialloading.planner.settings.Tracing;
import io.partialloading.planner.telemetry.ServerTelemetry;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.wire.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What telemetry costs a call: all that is told of one, from its headers to its end, without the
 * call. Traces go to a receiver that is away.
 *
 * <p>{@code ./mvnw -q -Pbenchmark -pl planner-service -am verify -Dbenchmarks=TelemetryBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class TelemetryBenchmark {
  /** What is switched on. */
  public enum On {
    NOTHING,
    METRICS,
    METRICS_AND_TRACES
  }

  @Param public On on;

  private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter");
  private final List<ServerStreamTracer.Factory> factories = new ArrayList<>();
  private final Metadata headers = new Metadata();
  private final PlannedCall info = new PlannedCall();
  private final RequestSummary summary = new RequestSummary("cell 7", 80, 30);
  private ServerTelemetry telemetry;
  private PlanningObserver observer;
  private PlanResponse plan;
  private String method;

  private static final class PlannedCall
      extends ServerStreamTracer.ServerCallInfo<PlanRequest, PlanResponse> {
    @Override
    public MethodDescriptor<PlanRequest, PlanResponse> getMethodDescriptor() {
      return PlannerServiceGrpc.getPlanMethod();
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public @Nullable String getAuthority() {
      return null;
    }
  }

  /** Collects what is to follow calls. */
  private final class Collecting extends ForwardingServerBuilder<Collecting> {
    private final ServerBuilder<?> delegate = InProcessServerBuilder.forName("benchmark");

    @Override
    protected ServerBuilder<?> delegate() {
      return delegate;
    }

    @Override
    public Collecting addStreamTracerFactory(ServerStreamTracer.Factory factory) {
      factories.add(factory);
      return this;
    }
  }

  @Setup
  public void start() {
    EXPORTER.setLevel(Level.OFF);
    telemetry =
        ServerTelemetry.of(
            new Telemetry(
                on == On.NOTHING
                    ? null
                    : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                on == On.METRICS_AND_TRACES
                    ? new Tracing(URI.create("http://127.0.0.1:9"), 1)
                    : null,
                new Logging(Logging.Format.JSON, Logging.Level.INFO, Logging.Calls.FAILURES)),
            "benchmark");
    telemetry.addTo(new Collecting());
    observer = telemetry.observer();
    PlanRequest request = Vectors.named("paper-scale-bottom-layer").request();
    plan = new RequestPlanner(Limits.DEFAULT).plan(request, StopSignal.NEVER);
    method = PlannerServiceGrpc.getPlanMethod().getFullMethodName();
  }

  @TearDown
  public void stop() {
    telemetry.close();
  }

  @Benchmark
  public Object call() {
    Context context = Context.ROOT;
    ServerStreamTracer[] tracers = new ServerStreamTracer[factories.size()];
    for (int i = 0; i < tracers.length; i++) {
      tracers[i] = factories.get(i).newServerStreamTracer(method, headers);
      context = tracers[i].filterContext(context);
    }
    Context previous = context.attach();
    try {
      for (ServerStreamTracer tracer : tracers) {
        tracer.serverCallStarted(info);
        tracer.inboundWireSize(13_000);
      }
      observer.admitted(Work.PLAN, 13_000);
      observer.started(Work.PLAN, 20_000);
      observer.parsed(Work.PLAN, summary);
      observer.finished(Work.PLAN, Status.Code.OK, 300_000, plan);
      for (ServerStreamTracer tracer : tracers) {
        tracer.outboundWireSize(9_000);
        tracer.streamClosed(Status.OK);
      }
    } finally {
      context.detach(previous);
    }
    return context;
  }
}
