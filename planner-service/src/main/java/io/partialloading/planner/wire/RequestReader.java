// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.AnalyzeLibraryRequest;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.UserSnapshot;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. Every field is checked against what the contract says of it, and all faults of a
 * request are reported at once. Consequences are left out: where a message is missing, what refers
 * to it is no fault as well.
 *
 * <p>Linear in the request. A good request of 100 users and 50 models takes some microseconds.
 * Thread-safe, {@link Session sessions} aside.
 *
 * <p>All methods throw a {@link RequestTooLargeException} for a request that is beyond the limits,
 * and otherwise an {@link InvalidRequestException} for one that is wrong. They ask a signal several
 * times a millisecond whether anybody waits for the request, and throw a {@link
 * CancellationException} if not.
 */
public final class RequestReader {
  static final String BLOCK_LIBRARY = "block_library";
  static final String USER_SNAPSHOT = "user_snapshot";
  static final String CHANNEL_STATE = "channel_state";
  static final String EDGE_SERVER = "edge_server";
  private static final String LATENCY_BUDGET = "latency_budget";

  private final Limits limits;

  /** A reader of requests within limits. */
  public RequestReader(Limits limits) {
    this.limits = limits;
  }

  /** Reads a request. */
  public ReadRequest read(PlanRequest request, StopSignal stop) {
    return new Session(limits, Path.ROOT).read(request, stop);
  }

  /** Checks what a schedule is to be judged by, and that there is one, which may be anything. */
  public void check(VerifyScheduleRequest message, StopSignal stop) {
    Path request = Path.ROOT.field("request");
    Path schedule = Path.ROOT.field("schedule");
    limits.check(message.getSchedule(), schedule);
    Faults faults = new Faults(stop);
    if (message.hasRequest()) {
      new Session(limits, request).assembly(message.getRequest(), faults, stop);
    } else {
      faults.addMissing(request);
    }
    if (!message.hasSchedule()) {
      faults.addMissing(schedule);
    }
    faults.throwIfAny();
  }

  /** Reads the library that is to be analysed. */
  public ReadLibrary read(AnalyzeLibraryRequest message, StopSignal stop) {
    Path path = Path.ROOT.field(BLOCK_LIBRARY);
    BlockLibrary library = message.getBlockLibrary();
    limits.check(library, path);
    Faults faults = new Faults(stop);
    if (!message.hasBlockLibrary()) {
      faults.addMissing(path);
    }
    Library read = LibraryReader.read(library, path, faults);
    faults.throwIfAny();
    return ReadLibrary.of(read);
  }

  /** A session in which nothing was read so far. */
  public Session newSession() {
    return new Session(limits, Path.ROOT);
  }

  /**
   * Reads requests of which later ones may leave out what has not changed: without a library or a
   * server the last one that was sent in this session holds, whatever became of the rest of the
   * request it was in. Where that one was itself refused, a request without one is wrong until a
   * good one has come. What the users of such a request do not want of the library costs it next to
   * nothing, and nothing of the library is checked again. Not thread-safe.
   */
  public static final class Session {
    private static final String REFUSED = "the one sent last was refused: send a good one";
    private static final String EARLIER = " (in the server that was sent before)";

    private final Limits limits;
    private final Path path;

    /** The library that was sent last; null if there was none or it was refused. */
    private @Nullable Library lastLibrary;

    /** The server that was sent last; null if there was none or it was refused. */
    private @Nullable EdgeServer lastServerMessage;

    /** The last server as read against the last library; null if it is still to be. */
    private @Nullable Server lastServer;

    private boolean isLibraryRefused;
    private boolean isServerRefused;

    private Session(Limits limits, Path path) {
      this.limits = limits;
      this.path = path;
    }

    /**
     * Reads the next request.
     *
     * @throws RequestTooLargeException if it is beyond the limits; then its library and server are
     *     refused with it
     * @throws InvalidRequestException if it is wrong
     * @throws CancellationException if nobody waits for it; what was read in full is remembered,
     *     and nothing is refused
     */
    public ReadRequest read(PlanRequest request, StopSignal stop) {
      Faults faults = new Faults(stop);
      InstanceAssembly assembly;
      try {
        assembly = assembly(request, faults, stop);
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException | VirtualMachineError e) {
        refuse(request.hasBlockLibrary(), request.hasEdgeServer());
        throw e;
      }
      faults.throwIfAny();
      if (assembly == null) {
        throw new IllegalStateException("a missing message is a fault");
      }
      UserSnapshot snapshot = request.getUserSnapshot();
      return new ReadRequest(
          request.getLabel(), snapshot.hasCapturedAt() ? snapshot.getCapturedAt() : null, assembly);
    }

    /**
     * Notes that a request was refused unread.
     *
     * @param library whether it had a library
     * @param server whether it had a server
     */
    public void refuse(boolean library, boolean server) {
      if (library) {
        lastLibrary = null;
        isLibraryRefused = true;
      }
      if (server) {
        lastServerMessage = null;
        isServerRefused = true;
      }
      lastServer = library || server ? null : lastServer;
    }

    /** What to plan; null if there are faults. */
    private @Nullable InstanceAssembly assembly(
        PlanRequest request, Faults faults, StopSignal stop) {
      limits.check(request, path);
      Library library = library(request, faults);
      Users users = users(request, library, faults);
      Uplink uplink = uplink(request, users, faults);
      Server server = server(request, library, faults);
      long budget = budget(request, faults);
      int prbCount = uplink == null ? Uplink.NO_GRID : uplink.prbCount();
      Options options =
          OptionsReader.read(request.getOptions(), prbCount, budget, path.field("options"), faults);
      return faults.count() > 0
              || library == null
              || users == null
              || uplink == null
              || server == null
          ? null
          : new InstanceAssembly(library, users, uplink, server, budget, options, stop);
    }

    private @Nullable Library library(PlanRequest request, Faults faults) {
      Path field = path.field(BLOCK_LIBRARY);
      if (!request.hasBlockLibrary()) {
        if (lastLibrary == null) {
          addLeftOut(field, isLibraryRefused, faults);
        }
        return lastLibrary;
      }
      int faultsBefore = faults.count();
      Library library = LibraryReader.read(request.getBlockLibrary(), field, faults);
      isLibraryRefused = faults.count() > faultsBefore;
      lastLibrary = isLibraryRefused ? null : library;
      lastServer = null;
      return library;
    }

    private static void addLeftOut(Path field, boolean isRefused, Faults faults) {
      if (isRefused) {
        faults.add(field, REFUSED);
      } else {
        faults.addMissing(field);
      }
    }

    private @Nullable Users users(PlanRequest request, @Nullable Library library, Faults faults) {
      Path field = path.field(USER_SNAPSHOT);
      if (!request.hasUserSnapshot()) {
        faults.addMissing(field);
        return null;
      }
      return SnapshotReader.read(request.getUserSnapshot(), library, field, faults);
    }

    private @Nullable Uplink uplink(PlanRequest request, @Nullable Users users, Faults faults) {
      if (!request.hasChannelState()) {
        faults.addMissing(path.field(CHANNEL_STATE));
        return null;
      }
      return ChannelReader.read(request.getChannelState(), users, path, faults);
    }

    private @Nullable Server server(PlanRequest request, @Nullable Library library, Faults faults) {
      Path field = path.field(EDGE_SERVER);
      boolean isLastLibrary = library != null && library == lastLibrary;
      if (request.hasEdgeServer()) {
        int faultsBefore = faults.count();
        Server server = ServerReader.read(request.getEdgeServer(), library, field, faults);
        isServerRefused = faults.count() > faultsBefore;
        lastServerMessage = isServerRefused ? null : request.getEdgeServer();
        lastServer = isLastLibrary && !isServerRefused ? server : null;
        return server;
      }
      if (lastServerMessage == null) {
        addLeftOut(field, isServerRefused, faults);
        return null;
      }
      if (isLastLibrary && lastServer != null) {
        return lastServer;
      }
      // It was good with the library of its time, and may yet be with the next.
      Faults earlier = faults.ofEarlier();
      Server server = ServerReader.read(lastServerMessage, library, field, earlier);
      lastServer = isLastLibrary && earlier.count() == 0 ? server : null;
      faults.addEach(earlier, EARLIER);
      return server;
    }

    /** The latency budget in ns, or {@link Ranges#NO_TIME} if it is a fault. */
    private long budget(PlanRequest request, Faults faults) {
      Path field = path.field(LATENCY_BUDGET);
      if (!request.hasLatencyBudget()) {
        faults.addMissing(field);
        return Ranges.NO_TIME;
      }
      long budget = Ranges.positiveTime(request.getLatencyBudget(), path, LATENCY_BUDGET, faults);
      if (budget > Instance.MAX_BUDGET) {
        faults.add(field, budget + " ns exceeds 2^60 ns");
        return Ranges.NO_TIME;
      }
      return budget;
    }
  }
}
