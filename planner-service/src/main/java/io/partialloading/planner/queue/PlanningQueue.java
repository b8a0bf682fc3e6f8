// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait for a worker, and those being worked on.
 *
 * <p><b>Who is next.</b> Jobs are light or heavy, by what such took before; light ones wait in one
 * lane, heavy ones in another. When both wait, the lane that has had less working time goes first,
 * so each gets at least half. Within a lane clients take turns the same way. As many jobs are
 * worked on as there are cores. While heavy ones have all of them, one light job more is: it costs
 * them a few milliseconds, and leaving a core free for light jobs would cost them that core. A
 * light job that has turned out heavy counts as such.
 *
 * <p><b>Who is refused.</b> Whoever finds the queue full or has its share of it; whose predicted
 * wait is beyond all patience, or, if it turned out twice as long, would make the answer late. A
 * job that could be started at once is never refused for what it is expected to take, and neither
 * kept from being started: the guess may be wrong, and this is how it is corrected.
 *
 * <p>All of it takes a job less than a microsecond. Thread-safe. Has no threads of its own: {@link
 * #work} is for workers, of which one more is needed than there are cores.
 */
public final class PlanningQueue {
  /** Jobs that take less become light, in ns. A plan at paper scale takes a fiftieth of it. */
  static final long LIGHT = 5_000_000;

  /**
   * Jobs that take as long become heavy, in ns: who waits behind a light one is late by less than
   * the paper's slot. In between they stay what they are. Were one bound for both, jobs that take
   * about as long would go to and fro between the lanes, wait in either as long as all of them
   * could in one, and slow each other down.
   */
  static final long HEAVY = 10_000_000;

  /**
   * A wait may turn out so many times as long as predicted; and a queue that is only just in time
   * serves nobody well.
   */
  private static final int DOUBT = 2;

  /**
   * After so many heavy jobs in a row a client's next is thought to be heavy before it has come.
   */
  private static final int HEAVY_IN_ROW = 16;

  /** A new time counts one sixteenth of {@link #usualCost}. */
  private static final int USUAL_SHIFT = 4;

  private static final System.Logger LOGGER = System.getLogger(PlanningQueue.class.getName());

  private final LoadLimits limits;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition startable = lock.newCondition();
  private final CostModel costs = new CostModel();
  private final Lane light = new Lane(Lane.Kind.LIGHT);
  private final Lane heavy = new Lane(Lane.Kind.HEAVY);
  private final List<Job> running;
  private long virtualTime;
  private boolean isShutDown;

  /**
   * What a job has been worked on that never stopped, up to {@link #workedAt}: see {@link #worked}.
   */
  private long worked;

  private long workedAt;

  /** Number of calls that were let in and whose requests have not come. */
  private int coming;

  /** Number of clients that have such calls. */
  private int comingClients;

  /** What a job takes on average, but one that is not light counts as much as the longest light. */
  private long usualCost;

  /** Whether a worker waits for light jobs in work to turn out heavy. */
  private boolean isWatched;

  /** An empty queue. */
  public PlanningQueue(LoadLimits limits) {
    this(limits, System::nanoTime);
  }

  PlanningQueue(LoadLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    this.running = new ArrayList<>(Math.min(limits.cores(), 1_000) + 1);
  }

  /**
   * Lets a client's request come, or says why a job for it would be refused whatever it is.
   * Requests that are on their way count beside the jobs that wait: when the network or the threads
   * that read from it are what is slow, that is where calls pile up, and all of them would come too
   * late.
   *
   * @param patience how long an answer is of use, in ns; {@link Job#FOREVER} without a deadline
   * @return null if it may come: a place is kept for it, and {@link #arrive} or {@link #stayAway}
   *     is to be called once
   */
  public @Nullable Refusal letCome(Client client, long patience) {
    lock.lock();
    try {
      long now = clock.getAsLong();
      Refusal refusal = refusalForRoom(client, now);
      if (refusal == null) {
        Lane lane = foreseenLane(client);
        // Its first request on its way may be started at once; further ones are behind that.
        refusal =
            client.coming == 0
                ? refusalForTime(lane, client, 0, DOUBT, 0, patience, now)
                : refusalForWait(
                    wait(lane, client, 0, comingWork(client), now), DOUBT, 0, patience);
      }
      if (refusal == null) {
        coming++;
        comingClients += client.coming == 0 ? 1 : 0;
        client.coming++;
      }
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  private Lane foreseenLane(Client client) {
    return client.heavyInRow < HEAVY_IN_ROW ? light : heavy;
  }

  /** What is planned, of the requests that are on their way, before one that a client sends now. */
  private long comingWork(Client client) {
    return usualCost * Math.min(coming, (long) client.coming * comingClients);
  }

  /** A request that was let come never will. */
  public void stayAway(Client client) {
    lock.lock();
    try {
      giveUpPlace(client);
    } finally {
      lock.unlock();
    }
  }

  private void giveUpPlace(Client client) {
    client.coming--;
    comingClients -= client.coming == 0 ? 1 : 0;
    coming--;
  }

  /**
   * Takes the job of a request that was let come, or says why not: it is heavy, which was not
   * foreseen, and the wait for such is too long; or even what is foreseen leaves too little time.
   * That its wait may turn out twice as long was held against it when it was let come, and is not
   * once more: its place was kept, and its refusal would be late.
   *
   * @param patience how long an answer is of use, in ns; {@link Job#FOREVER} without a deadline
   * @return null if the job was taken
   */
  public @Nullable Refusal arrive(Job job, long patience) {
    lock.lock();
    try {
      giveUpPlace(job.client);
      return submit(job, patience, true);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a job that needed no leave to come, or says why not.
   *
   * @param patience how long an answer is of use, in ns; {@link Job#FOREVER} without a deadline
   * @return null if the job was taken
   */
  public @Nullable Refusal submit(Job job, long patience) {
    lock.lock();
    try {
      return submit(job, patience, false);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Refusal submit(Job job, long patience, boolean hasPlace) {
    long now = clock.getAsLong();
    costs.predict(job);
    Lane lane = job.isHeavy ? heavy : light;
    boolean isForeseen = hasPlace && (lane == light || foreseenLane(job.client) == heavy);
    job.client.heavyInRow = job.isHeavy ? job.client.heavyInRow + 1 : 0;
    Refusal refusal = hasPlace ? null : refusalForRoom(job.client, now);
    if (refusal == null) {
      int times = isForeseen ? 1 : DOUBT;
      refusal = refusalForTime(lane, job.client, job.expected, times, job.needed, patience, now);
    }
    if (refusal != null) {
      if (refusal.reason() == RefusalReason.DEADLINE && job.needed > patience / 2) {
        costs.doubt(job);
      }
      return refusal;
    }
    job.submitted = now;
    job.patience = patience;
    job.startsAtOnce = startsAtOnce(lane, now);
    add(lane, job);
    wakeWorker(now);
    return null;
  }

  private void add(Lane lane, Job job) {
    if (lane.isEmpty()) {
      lane.tag = Math.max(lane.tag, virtualTime);
    }
    job.lane = lane;
    job.isWaiting = true;
    lane.add(job);
  }

  private @Nullable Refusal refusalForRoom(Client client, long now) {
    int free = limits.waitingJobs() - light.waiting() - heavy.waiting() - coming - 1;
    if (client.waiting() + client.coming <= free) {
      return null;
    }
    RefusalReason reason = free < 0 ? RefusalReason.QUEUE_FULL : RefusalReason.CLIENT_SHARE;
    return new Refusal(reason, backlog(now));
  }

  private @Nullable Refusal refusalForTime(
      Lane lane, Client client, long cost, int times, long need, long patience, long now) {
    return startsAtOnce(lane, now)
        ? null
        : refusalForWait(wait(lane, client, cost, 0, now), times, need, patience);
  }

  /** Why not, if the wait turned out so many times as long as predicted. */
  private @Nullable Refusal refusalForWait(long wait, int times, long need, long patience) {
    if (times * wait + need > patience) {
      return new Refusal(RefusalReason.DEADLINE, wait + (need - patience) / times);
    }
    long longest = limits.longestWait().toNanos();
    return times * wait / DOUBT > longest
        ? new Refusal(RefusalReason.LONG_WAIT, wait - longest)
        : null;
  }

  /** How long a job is expected to wait that comes now, behind what is on its way, in ns. */
  private long wait(Lane lane, Client client, long cost, long onItsWay, long now) {
    Lane other = lane == light ? heavy : light;
    // Half, as long as jobs wait in both lanes; else what those in work there leave free.
    long half = limits.cores();
    long free = 2L * (limits.cores() - other.running);
    long halves = other.isEmpty() ? Math.max(half, free) : half;
    return 2 * (lane.ahead(client, cost) + onItsWay + remaining(lane, now)) / halves;
  }

  /** When the queue is expected to be empty, in ns from now. */
  private long backlog(long now) {
    long work = light.work + heavy.work + remaining(light, now) + remaining(heavy, now);
    return work / limits.cores();
  }

  /**
   * What the jobs being worked on are still expected to take. One that takes longer than expected
   * is expected to take as much longer again.
   */
  private long remaining(Lane lane, long now) {
    long work = 0;
    long workedNow = worked(now);
    for (Job job : running) {
      if (job.lane == lane) {
        work += Math.abs(job.expected - (workedNow - job.workedAtStart));
      }
    }
    return work;
  }

  /**
   * A clock that goes by what a job in work gets of a core: slower while more jobs are worked on
   * than there are cores. By the true clock jobs would seem to take longer for being worked on
   * together, light ones would become heavy by that, and even more would be worked on together.
   */
  private long worked(long now) {
    long passed = now - workedAt;
    int jobs = running.size();
    worked += jobs > limits.cores() ? passed / jobs * limits.cores() : passed;
    workedAt = now;
    return worked;
  }

  private boolean startsAtOnce(Lane lane, long now) {
    int waiting = light.waiting() + heavy.waiting();
    return waiting < limits.cores() - running.size()
        || (light.isEmpty() && lane == light && mayStart(light, now));
  }

  private boolean mayStart(Lane lane, long now) {
    int spare = limits.cores() - running.size();
    return spare > 0 || (spare == 0 && lane == light && !isAnyLightRunning(now));
  }

  private boolean isAnyLightRunning(long now) {
    for (Job job : running) {
      if (job.lane == light && now - job.started < HEAVY) {
        return true;
      }
    }
    return false;
  }

  /** The lane whose job is started next; null if none may be. */
  private @Nullable Lane nextLane(long now) {
    boolean lightMay = !light.isEmpty() && mayStart(light, now);
    boolean heavyMay = !heavy.isEmpty() && mayStart(heavy, now);
    if (lightMay && heavyMay) {
      return light.tag <= heavy.tag ? light : heavy;
    }
    return lightMay ? light : heavyMay ? heavy : null;
  }

  /**
   * Takes out a job that still waits.
   *
   * @return false if a worker has it, or has had it
   */
  public boolean withdraw(Job job) {
    lock.lock();
    try {
      if (!job.isWaiting || job.lane == null) {
        return false;
      }
      job.isWaiting = false;
      job.lane.remove(job);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Works on jobs, as one worker, until the queue is shut down and empty.
   *
   * @throws InterruptedException if the thread is interrupted while no job waits
   */
  public void work() throws InterruptedException {
    Job job = take();
    while (job != null) {
      work(job);
      job = take();
    }
  }

  /** Works on the next job, if one may be started; returns whether one was. */
  public boolean workOnce() {
    lock.lock();
    Job job;
    try {
      job = start(clock.getAsLong());
    } finally {
      lock.unlock();
    }
    if (job == null) {
      return false;
    }
    work(job);
    return true;
  }

  private @Nullable Job take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = clock.getAsLong();
        Job job = start(now);
        if (job != null) {
          wakeWorker(now);
          return job;
        }
        if (isShutDown && light.isEmpty() && heavy.isEmpty()) {
          return null;
        }
        awaitStartable();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a job that may be started; but while a light one waits, at most until what is light
   * and in work must have turned out heavy.
   */
  private void awaitStartable() throws InterruptedException {
    if (light.isEmpty()) {
      startable.await();
      return;
    }
    isWatched = true;
    try {
      startable.awaitNanos(HEAVY);
    } finally {
      isWatched = false;
    }
  }

  /** Wakes a worker for a job that may be started, or to watch over a light one that may not. */
  private void wakeWorker(long now) {
    if (isShutDown) {
      startable.signalAll(); // workers in want of a job are to see when none is left
    } else if (nextLane(now) != null || (!light.isEmpty() && !isWatched)) {
      startable.signal();
    }
  }

  private @Nullable Job start(long now) {
    Lane lane = nextLane(now);
    Job job = lane == null ? null : lane.poll();
    if (lane == null || job == null) {
      return null;
    }
    virtualTime = Math.max(virtualTime, lane.tag);
    lane.tag += job.expected;
    lane.running++;
    job.isWaiting = false;
    job.started = now;
    job.workedAtStart = worked(now);
    running.add(job);
    return job;
  }

  private void work(Job job) {
    Outcome outcome = Outcome.DROPPED;
    try {
      long left = job.timeLeft(job.started);
      // Past the deadline the task itself says so.
      if (left > 0 && left < job.needed && !job.startsAtOnce) {
        job.task.refuse(new Refusal(RefusalReason.DEADLINE, job.needed - left));
      } else {
        outcome = job.task.run(job.started - job.submitted);
      }
    } catch (Throwable failure) { // a worker outlives whatever its jobs run into
      LOGGER.log(Level.ERROR, "a job failed", failure);
    } finally {
      finish(job, outcome);
    }
  }

  private void finish(Job job, Outcome outcome) {
    lock.lock();
    try {
      long time = worked(clock.getAsLong()) - job.workedAtStart;
      running.remove(job);
      if (job.lane != null) {
        job.lane.running--;
        job.lane.charge(job, time - job.expected);
      }
      costs.learn(job, time, outcome);
      long cost = Math.min(time, HEAVY);
      usualCost = usualCost == 0 ? cost : usualCost + ((cost - usualCost) >> USUAL_SHIFT);
    } finally {
      lock.unlock();
    }
  }

  /** Lets workers go once no job waits. */
  public void shutdown() {
    lock.lock();
    try {
      isShutDown = true;
      startable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Number of jobs that wait. */
  public int waitingJobs() {
    lock.lock();
    try {
      return light.waiting() + heavy.waiting();
    } finally {
      lock.unlock();
    }
  }

  /** Number of jobs that are worked on. */
  public int busyWorkers() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /** When the jobs that wait and are worked on are expected to be done, in ns from now. */
  public long backlog() {
    lock.lock();
    try {
      return backlog(clock.getAsLong());
    } finally {
      lock.unlock();
    }
  }
}
