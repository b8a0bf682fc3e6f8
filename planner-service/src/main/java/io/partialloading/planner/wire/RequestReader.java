package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.v1.PlanRequest;

/**
 * Reads requests. Every field is checked against what the contract says of it, and all faults of a
 * request are reported at once. Consequences are left out: where a message is missing, what refers
 * to it is no fault as well.
 *
 * <p>Linear in the request. A good request of 100 users and 50 models takes some microseconds.
 */
public final class RequestReader {
  private static final String LATENCY_BUDGET = "latency_budget";

  private final Limits limits;

  /** A reader of requests within limits. */
  public RequestReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a request.
   *
   * @throws RequestTooLargeException if it is beyond the limits
   * @throws InvalidRequestException if it is wrong
   * @throws UnsupportedFieldsException if it is right but uses what this server does not support
   */
  public ReadRequest read(PlanRequest request) {
    limits.check(request);
    Faults faults = new Faults();
    Library library = null;
    if (request.hasBlockLibrary()) {
      library = LibraryReader.read(request.getBlockLibrary(), faults);
    } else {
      reportMissing(LibraryReader.LIBRARY, faults);
    }
    Users users = null;
    if (request.hasUserSnapshot()) {
      users = SnapshotReader.read(request.getUserSnapshot(), library, faults);
    } else {
      reportMissing(SnapshotReader.SNAPSHOT, faults);
    }
    Uplink uplink = null;
    if (request.hasChannelState()) {
      uplink = ChannelReader.read(request.getChannelState(), users, faults);
    } else {
      reportMissing(ChannelReader.CHANNEL, faults);
    }
    Server server = null;
    if (request.hasEdgeServer()) {
      server = ServerReader.read(request.getEdgeServer(), library, faults);
    } else {
      reportMissing(ServerReader.SERVER, faults);
    }
    long budget = budget(request, faults);
    Options options = OptionsReader.read(request.getOptions(), budget, faults);
    faults.throwIfAny();
    if (library == null || users == null || uplink == null || server == null) {
      throw new IllegalStateException("a missing message is a fault");
    }
    return new InstanceAssembly(library, users)
        .assemble(request.getLabel(), budget, uplink, server, options);
  }

  private static long budget(PlanRequest request, Faults faults) {
    if (!request.hasLatencyBudget()) {
      reportMissing(Path.REQUEST.field(LATENCY_BUDGET), faults);
      return Ranges.NO_TIME;
    }
    long budget =
        Ranges.positiveTime(request.getLatencyBudget(), Path.REQUEST, LATENCY_BUDGET, faults);
    if (budget > Instance.MAX_BUDGET) {
      faults.add(Path.REQUEST.field(LATENCY_BUDGET), budget + " ns exceeds 2^60 ns");
      return Ranges.NO_TIME;
    }
    return budget;
  }

  private static void reportMissing(Path field, Faults faults) {
    faults.add(field, "is missing");
  }
}
