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
 * <p><b>Who is next.</b> Jobs expected to take less than 5 ms are light, the others heavy; light
 * ones wait in one lane, heavy ones in another. When both wait, the lane that has had less working
 * time goes first, so each gets at least half. Within a lane clients take turns the same way. As
 * many jobs are worked on as there are cores. While heavy ones have all of them, one light job more
 * is: it costs them a few milliseconds, and leaving a core free for light jobs would cost them that
 * core. A light job that has turned out heavy counts as such.
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
  /**
   * Below this a job is light, in ns. A plan at paper scale takes a fiftieth of it, and a job that
   * waits behind a light one is late by less than the paper's slot of 10 ms.
   */
  static final long LIGHT = 5_000_000;

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
   * Why a client's job would be refused whatever it is, so that nobody needs to look at it; null if
   * it might be taken.
   *
   * @param patience how long an answer is of use, in ns; {@link Job#FOREVER} without a deadline
   */
  public @Nullable Refusal refusal(Client client, long patience) {
    lock.lock();
    try {
      long now = clock.getAsLong();
      Refusal refusal = refusalForRoom(client, now);
      return refusal == null ? refusalForTime(light, client, 0, 0, patience, now) : refusal;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a job, or says why not.
   *
   * @param patience how long an answer is of use, in ns; {@link Job#FOREVER} without a deadline
   * @return null if the job was taken
   */
  public @Nullable Refusal submit(Job job, long patience) {
    lock.lock();
    try {
      long now = clock.getAsLong();
      costs.predict(job);
      Lane lane = job.expected < LIGHT ? light : heavy;
      Refusal refusal = refusalForRoom(job.client, now);
      if (refusal == null) {
        refusal = refusalForTime(lane, job.client, job.expected, job.needed, patience, now);
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
    } finally {
      lock.unlock();
    }
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
    int free = limits.waitingJobs() - light.waiting() - heavy.waiting() - 1;
    if (client.waiting() <= free) {
      return null;
    }
    RefusalReason reason = free < 0 ? RefusalReason.QUEUE_FULL : RefusalReason.CLIENT_SHARE;
    return new Refusal(reason, backlog(now));
  }

  private @Nullable Refusal refusalForTime(
      Lane lane, Client client, long cost, long need, long patience, long now) {
    if (startsAtOnce(lane, now)) {
      return null;
    }
    long wait = wait(lane, client, cost, now);
    // The wait may turn out twice as long; and a queue that is only just in time serves nobody
    // well.
    if (2 * wait + need > patience) {
      return new Refusal(RefusalReason.DEADLINE, wait + (need - patience) / 2);
    }
    long longest = limits.longestWait().toNanos();
    return wait > longest ? new Refusal(RefusalReason.LONG_WAIT, wait - longest) : null;
  }

  /** How long a job that is submitted now is expected to wait, in ns. */
  private long wait(Lane lane, Client client, long cost, long now) {
    Lane other = lane == light ? heavy : light;
    // What the other lane leaves free, and at least half.
    int workers = Math.max(1, Math.max(limits.cores() / 2, limits.cores() - other.running));
    return (lane.ahead(client, cost) + remaining(lane, now)) / workers;
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
    for (Job job : running) {
      if (job.lane == lane) {
        work += Math.abs(job.expected - (now - job.started));
      }
    }
    return work;
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
      if (job.lane == light && now - job.started < LIGHT) {
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
      startable.awaitNanos(LIGHT);
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
      long time = clock.getAsLong() - job.started;
      running.remove(job);
      if (job.lane != null) {
        job.lane.running--;
        job.lane.charge(job, time - job.expected);
      }
      costs.learn(job, time, outcome);
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
