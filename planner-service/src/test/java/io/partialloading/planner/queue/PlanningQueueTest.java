// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The queue with a clock and workers by hand: a job is in work for as long as its task runs, and
 * what happens meanwhile happens in there.
 */
class PlanningQueueTest {
  private static final long MS = 1_000_000;
  private static final int LIGHT_BYTES = 1_000;
  private static final int HEAVY_BYTES = 100_000;

  private final List<String> log = new ArrayList<>();
  private final Client ann = new Client();
  private final Client bob = new Client();
  private long now;
  private PlanningQueue queue = queue(1, 100);

  private PlanningQueue queue(int cores, int waitingJobs) {
    LoadLimits limits = new LoadLimits(cores, waitingJobs, Duration.ofSeconds(1), 100, 1 << 20);
    return new PlanningQueue(limits, () -> now);
  }

  /** A job that writes its name down, takes some time, and does something meanwhile. */
  private final class Probe implements Job.Task {
    private final String name;
    private final long time;
    private final Runnable meanwhile;
    private Outcome outcome = Outcome.ANSWERED;
    private @Nullable Refusal refusal;
    private long waited = -1;

    Probe(String name, long time, Runnable meanwhile) {
      this.name = name;
      this.time = time;
      this.meanwhile = meanwhile;
    }

    Probe ends(Outcome how) {
      outcome = how;
      return this;
    }

    @Override
    public Outcome run(long hasWaited) {
      log.add(name);
      waited = hasWaited;
      meanwhile.run();
      now += time;
      return outcome;
    }

    @Override
    public void refuse(Refusal why) {
      log.add(name + " refused");
      refusal = why;
    }
  }

  private Probe probe(String name, long time) {
    return new Probe(name, time, () -> {});
  }

  private static Job job(Client client, int bytes, Job.Task task) {
    return new Job(client, Work.PLAN, bytes, Job.NO_SHAPE, task);
  }

  private void submit(Client client, int bytes, Job.Task task) {
    assertNull(queue.submit(job(client, bytes, task), Job.FOREVER));
  }

  private void submitMany(int jobs, Client client, int bytes, String name, long time) {
    for (int i = 0; i < jobs; i++) {
      submit(client, bytes, probe(name, time));
    }
  }

  private @Nullable RefusalReason refusal(Client client, int bytes, long patience) {
    Refusal refusal = queue.submit(job(client, bytes, probe("refused", 0)), patience);
    return refusal == null ? null : refusal.reason();
  }

  private void workAll() {
    while (queue.workOnce()) {
      // until nothing waits
    }
  }

  /** Teaches the queue what jobs of a client take, and forgets that it was told. */
  private void teach(Client client, int bytes, long time) {
    submit(client, bytes, probe("lesson", time));
    workAll();
    log.clear();
  }

  @Test
  void jobs_ofOneClient_areDoneInTheirOrder() {
    for (int i = 0; i < 4; i++) {
      submit(ann, LIGHT_BYTES, probe("ann " + i, MS));
    }

    assertEquals(4, queue.waitingJobs());
    workAll();

    assertEquals(List.of("ann 0", "ann 1", "ann 2", "ann 3"), log);
    assertEquals(0, queue.waitingJobs());
    assertEquals(0, queue.busyWorkers());
  }

  @Test
  void job_thatWaited_isToldHowLong() {
    Probe second = probe("second", MS);
    submit(ann, LIGHT_BYTES, probe("first", 3 * MS));
    submit(ann, LIGHT_BYTES, second);

    workAll();

    assertEquals(3 * MS, second.waited);
  }

  @Test
  void clients_ofEqualJobs_takeTurns() {
    for (int i = 0; i < 4; i++) {
      submit(ann, LIGHT_BYTES, probe("ann " + i, 60_000));
    }
    submit(bob, LIGHT_BYTES, probe("bob 0", 60_000));
    submit(bob, LIGHT_BYTES, probe("bob 1", 60_000));

    workAll();

    assertEquals(List.of("ann 0", "bob 0", "ann 1", "bob 1", "ann 2", "ann 3"), log);
  }

  @Test
  void clients_ofUnequalJobs_getEqualTimes() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    teach(bob, LIGHT_BYTES, MS);
    submitMany(3, ann, LIGHT_BYTES, "ann", 4 * MS);
    submitMany(9, bob, LIGHT_BYTES, "bob", MS);

    workAll();

    assertEvenTimes("ann", 4, "bob", 1);
  }

  /** Whether of two, until one is done, none is ever ahead by more than a job of each. */
  private void assertEvenTimes(String one, int time, String other, int otherTime) {
    int[] left = {Collections.frequency(log, one), Collections.frequency(log, other)};
    int ahead = 0;
    for (String name : log) {
      boolean isOne = name.equals(one);
      ahead += isOne ? time : -otherTime;
      left[isOne ? 0 : 1]--;
      if (left[0] > 0 && left[1] > 0) {
        assertTrue(Math.abs(ahead) <= time + otherTime, log::toString);
      }
    }
  }

  @Test
  void client_whoseJobTookLongerThanExpected_paysForIt() {
    submit(ann, LIGHT_BYTES, probe("ann 0", 2 * MS)); // 30 times as long as anyone would guess
    submit(ann, LIGHT_BYTES, probe("ann 1", MS));
    for (int i = 0; i < 5; i++) {
      submit(bob, LIGHT_BYTES, probe("bob " + i, 60_000));
    }

    workAll();

    assertEquals(List.of("ann 0", "bob 0", "bob 1", "bob 2", "bob 3", "bob 4", "ann 1"), log);
  }

  @Test
  void client_thatComesLate_isNotOwedForTheTimeItWasAway() {
    submitMany(6, ann, LIGHT_BYTES, "ann", 60_000);
    queue.workOnce();
    queue.workOnce();
    queue.workOnce();
    submitMany(3, bob, LIGHT_BYTES, "bob", 60_000);

    workAll();

    assertEquals(List.of("ann", "ann", "ann", "bob", "ann", "bob", "ann", "bob", "ann"), log);
  }

  @Test
  void heavyJobs_haveAllCoresButLetOneLightJobBeside() {
    queue = queue(2, 100);
    teach(ann, HEAVY_BYTES, 50 * MS);
    submit(
        ann,
        HEAVY_BYTES,
        new Probe(
            "heavy 0",
            50 * MS,
            () -> {
              submit(
                  ann,
                  HEAVY_BYTES,
                  new Probe("heavy 1", 50 * MS, this::submitThreeWhileTwoHeavyOnesAreInWork));
              assertTrue(queue.workOnce());
            }));

    workAll();

    assertEquals(List.of("heavy 0", "heavy 1", "light 0", "light 1", "heavy 2"), log);
  }

  private void submitThreeWhileTwoHeavyOnesAreInWork() {
    assertEquals(2, queue.busyWorkers());
    submit(ann, HEAVY_BYTES, probe("heavy 2", 50 * MS));
    assertFalse(queue.workOnce(), "no core is left for a third heavy job");
    submit(
        bob,
        LIGHT_BYTES,
        new Probe(
            "light 0",
            MS,
            () -> {
              submit(bob, LIGHT_BYTES, probe("light 1", MS));
              assertFalse(queue.workOnce(), "one light job beside heavy ones is enough");
            }));
    assertTrue(queue.workOnce(), "a light job is worked on beside the heavy ones");
    assertTrue(queue.workOnce(), "and then the next");
  }

  @Test
  void lightJob_thatTurnsOutHeavy_countsAsHeavy() {
    submit(
        ann,
        LIGHT_BYTES,
        new Probe(
            "looks light",
            0,
            () -> {
              submit(bob, LIGHT_BYTES, probe("light", MS));
              assertFalse(queue.workOnce());
              now += PlanningQueue.HEAVY;
              assertTrue(queue.workOnce());
            }));

    workAll();

    assertEquals(List.of("looks light", "light"), log);
  }

  @Test
  void lanes_thatBothWait_shareTheTime() {
    teach(ann, HEAVY_BYTES, 10 * MS);
    teach(bob, LIGHT_BYTES, 2 * MS);
    submitMany(3, ann, HEAVY_BYTES, "heavy", 10 * MS);
    submitMany(15, bob, LIGHT_BYTES, "light", 2 * MS);

    workAll();

    assertEvenTimes("heavy", 10, "light", 2);
    assertEquals(18, log.size());
  }

  @Test
  void jobs_inBetweenLightAndHeavy_stayWhatTheyAre() {
    teach(ann, HEAVY_BYTES, 50 * MS);
    teach(bob, LIGHT_BYTES, 2 * MS);
    for (int i = 0; i < 30; i++) {
      teach(ann, HEAVY_BYTES, 7 * MS);
      teach(bob, LIGHT_BYTES, 9 * MS);
    }

    submit(new Client(), 1 << 25, new Probe("heavy", 99 * MS, this::submitOneOfEachBesides));
    workAll();

    assertEquals(List.of("heavy", "bob", "ann"), log);
  }

  private void submitOneOfEachBesides() {
    submit(ann, HEAVY_BYTES, probe("ann", 7 * MS));
    assertFalse(queue.workOnce(), "it was heavy, and is not light yet");
    submit(bob, LIGHT_BYTES, probe("bob", 9 * MS));
    assertTrue(queue.workOnce(), "it was light, and is not heavy yet");
  }

  @Test
  void job_whoseLaneHasHalfOfTheOnlyCore_waitsTwiceAsLong() {
    teach(ann, HEAVY_BYTES, 10 * MS);
    teach(bob, LIGHT_BYTES, 2 * MS);
    submit(ann, HEAVY_BYTES, probe("heavy", 10 * MS));
    submitMany(5, bob, LIGHT_BYTES, "light", 2 * MS);

    // 20 ms to wait, which may turn out 40, and 2 of its own.
    assertEquals(RefusalReason.DEADLINE, refusal(bob, LIGHT_BYTES, 42 * MS - 1));
    assertNull(refusal(bob, LIGHT_BYTES, 42 * MS));
  }

  @Test
  void jobs_workedOnTogether_areNotThoughtToTakeLongerForThat() {
    teach(ann, HEAVY_BYTES, 50 * MS);
    teach(bob, LIGHT_BYTES, 3 * MS);
    Runnable besideAnother =
        () -> {
          submit(bob, LIGHT_BYTES, probe("light", 6 * MS));
          assertTrue(queue.workOnce());
        };
    submit(ann, HEAVY_BYTES, new Probe("heavy", 50 * MS, besideAnother));
    workAll();

    submitMany(10, bob, LIGHT_BYTES, "light", 3 * MS);

    // 30 ms to wait, which may turn out 60, and 3 of its own.
    assertEquals(RefusalReason.DEADLINE, refusal(bob, LIGHT_BYTES, 63 * MS - 1));
    assertNull(refusal(bob, LIGHT_BYTES, 63 * MS));
  }

  @Test
  void queue_thatIsFull_refuses() {
    queue = queue(1, 3);
    submit(ann, LIGHT_BYTES, probe("ann", 0));
    submit(bob, LIGHT_BYTES, probe("bob", 0));
    submit(new Client(), LIGHT_BYTES, probe("third", 0));

    assertEquals(RefusalReason.QUEUE_FULL, refusal(new Client(), LIGHT_BYTES, Job.FOREVER));
    Refusal atHeaders = queue.letCome(new Client(), Job.FOREVER);
    assertNotNull(atHeaders);
    assertEquals(RefusalReason.QUEUE_FULL, atHeaders.reason());

    queue.workOnce();
    assertNull(queue.letCome(new Client(), Job.FOREVER));
  }

  @Test
  void client_aloneMayHaveHalfOfTheQueue_andAnotherStillGetsIn() {
    queue = queue(1, 9);
    submitMany(5, ann, LIGHT_BYTES, "ann", 0);

    assertEquals(RefusalReason.CLIENT_SHARE, refusal(ann, LIGHT_BYTES, Job.FOREVER));
    submit(bob, LIGHT_BYTES, probe("bob", 0));
    submit(bob, LIGHT_BYTES, probe("bob", 0));
    assertEquals(RefusalReason.CLIENT_SHARE, refusal(bob, LIGHT_BYTES, Job.FOREVER));
    submit(new Client(), LIGHT_BYTES, probe("third", 0));
  }

  @Test
  void job_whoseAnswerWouldComeTooLate_isRefusedWithWhenToComeAgain() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    submitMany(5, ann, LIGHT_BYTES, "ann", 4 * MS);

    // 20 ms to wait, which may turn out 40, and 4 of its own.
    assertNull(refusal(ann, LIGHT_BYTES, 44 * MS + 1));
    Refusal refusal = queue.submit(job(ann, LIGHT_BYTES, probe("late", 0)), 40 * MS);

    assertNotNull(refusal);
    assertEquals(RefusalReason.DEADLINE, refusal.reason());
    assertEquals(24 * MS + (4 - 40) * MS / 2, refusal.retryDelay());
    assertEquals(List.of(), log);
  }

  @Test
  void job_behindAnotherClientsFlood_isNotToldToWaitForAllOfIt() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    teach(bob, LIGHT_BYTES, 4 * MS);
    submitMany(20, ann, LIGHT_BYTES, "ann", 4 * MS);

    assertEquals(RefusalReason.DEADLINE, refusal(ann, LIGHT_BYTES, 50 * MS));
    assertNull(refusal(bob, LIGHT_BYTES, 50 * MS));
  }

  @Test
  void calls_whoseRequestsAreOnTheirWay_countAsIfTheyWaited() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    assertNull(queue.letCome(ann, 10 * MS));
    assertNull(queue.letCome(ann, 10 * MS)); // behind 4 ms, which may turn out 8

    Refusal refusal = queue.letCome(ann, 10 * MS);

    assertNotNull(refusal);
    assertEquals(RefusalReason.DEADLINE, refusal.reason());
    queue.stayAway(ann);
    assertNull(queue.letCome(ann, 10 * MS));
    assertNull(queue.letCome(bob, 10 * MS)); // who need not wait for what ann has not sent
  }

  @Test
  void calls_whoseRequestsAreOnTheirWay_takeNoMoreOfTheQueueThanJobs() {
    queue = queue(1, 9);
    for (int i = 0; i < 5; i++) {
      assertNull(queue.letCome(ann, Job.FOREVER));
    }

    Refusal share = queue.letCome(ann, Job.FOREVER);
    assertNotNull(share);
    assertEquals(RefusalReason.CLIENT_SHARE, share.reason());
    assertNull(queue.letCome(bob, Job.FOREVER));
    assertNull(queue.letCome(bob, Job.FOREVER));

    queue.stayAway(ann);
    queue.stayAway(ann);
    assertNull(queue.letCome(ann, Job.FOREVER));
  }

  @Test
  void call_thatWouldBeTooLateWhateverItAsks_isRefusedAtItsHeaders() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    submitMany(5, ann, LIGHT_BYTES, "ann", 4 * MS);

    Refusal refusal = queue.letCome(ann, 39 * MS);

    assertNotNull(refusal);
    assertEquals(RefusalReason.DEADLINE, refusal.reason());
    assertNull(queue.letCome(ann, 40 * MS));
  }

  @Test
  void call_ofOneWhoseJobsAreAllHeavy_isRefusedAtItsHeadersForTheWaitOfSuch() {
    teach(ann, LIGHT_BYTES, MS);
    teach(ann, HEAVY_BYTES, 50 * MS);
    submitMany(16, ann, HEAVY_BYTES, "heavy", 50 * MS);
    // 800 ms to wait, which may turn out 1.6 s.
    Refusal refusal = queue.letCome(ann, 1_599 * MS);

    assertNotNull(refusal);
    assertEquals(RefusalReason.DEADLINE, refusal.reason());
    assertNull(queue.letCome(bob, 20 * MS), "whose jobs may well be light");
    assertNull(queue.letCome(ann, 1_600 * MS));
    now += 100 * MS; // its message takes that long to come, and nothing is done meanwhile
    assertNull(queue.arrive(job(ann, HEAVY_BYTES, probe("let come", 50 * MS)), 1_500 * MS));

    submit(ann, LIGHT_BYTES, probe("light", MS));
    assertNull(queue.letCome(ann, 20 * MS), "whose next may be light as well");
  }

  @Test
  void request_thatWasLetCome_isNotRefusedForWhatWasForeseen() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    submitMany(5, ann, LIGHT_BYTES, "ann", 4 * MS);
    assertNull(queue.letCome(ann, 45 * MS));
    now += 15 * MS; // its message takes that long to come, and nothing is done meanwhile

    assertEquals(RefusalReason.DEADLINE, refusal(ann, LIGHT_BYTES, 30 * MS));
    assertNull(queue.arrive(job(ann, LIGHT_BYTES, probe("let come", 4 * MS)), 30 * MS));
    assertNull(queue.letCome(ann, 60 * MS)); // another place, for the next

    Refusal late = queue.arrive(job(ann, LIGHT_BYTES, probe("late", 0)), 20 * MS);
    assertNotNull(late);
    assertEquals(RefusalReason.DEADLINE, late.reason());
  }

  @Test
  void request_thatWasLetCome_hasItsPlaceKept() {
    queue = queue(1, 3);
    assertNull(queue.letCome(ann, Job.FOREVER));
    submit(bob, LIGHT_BYTES, probe("bob", 0));
    submit(new Client(), LIGHT_BYTES, probe("third", 0));

    assertEquals(RefusalReason.QUEUE_FULL, refusal(new Client(), LIGHT_BYTES, Job.FOREVER));
    assertNull(queue.arrive(job(ann, LIGHT_BYTES, probe("ann", 0)), Job.FOREVER));
    assertEquals(RefusalReason.QUEUE_FULL, refusal(ann, LIGHT_BYTES, Job.FOREVER));
  }

  @Test
  void request_thatWasLetComeAndIsHeavy_isRefusedIfHeavyOnesWaitTooLong() {
    teach(ann, HEAVY_BYTES, 600 * MS);
    submit(ann, HEAVY_BYTES, probe("ann", 600 * MS));
    submit(ann, HEAVY_BYTES, probe("ann", 600 * MS));
    assertNull(queue.letCome(ann, 2_000 * MS));

    Refusal heavy = queue.arrive(job(ann, HEAVY_BYTES, probe("heavy", 0)), 2_000 * MS);

    assertNotNull(heavy);
    assertEquals(RefusalReason.DEADLINE, heavy.reason());
  }

  @Test
  void job_thatWouldWaitTooLong_isRefusedWithoutAnyDeadline() {
    teach(ann, HEAVY_BYTES, 600 * MS);
    submit(ann, HEAVY_BYTES, probe("ann", 600 * MS));
    submit(ann, HEAVY_BYTES, probe("ann", 600 * MS));

    assertEquals(RefusalReason.LONG_WAIT, refusal(ann, HEAVY_BYTES, Job.FOREVER));
    assertNull(refusal(bob, LIGHT_BYTES, Job.FOREVER));
  }

  @Test
  void job_thatCanStartAtOnce_isNeverRefusedForItsCost() {
    teach(ann, HEAVY_BYTES, 600 * MS);
    Probe hopeful = probe("hopeful", 5 * MS);

    assertNull(queue.submit(job(ann, HEAVY_BYTES, hopeful), 10 * MS));
    workAll();

    assertEquals(List.of("hopeful"), log);
  }

  @Test
  void need_thatIsOnlyRemembered_isDoubtedUntilItIsTriedAgain() {
    teach(ann, LIGHT_BYTES, 4 * MS);
    teach(bob, HEAVY_BYTES, 600 * MS);
    submit(ann, LIGHT_BYTES, probe("ann", 4 * MS));
    int refused = 0;
    while (refusal(bob, HEAVY_BYTES, 200 * MS) == RefusalReason.DEADLINE) {
      refused++;
    }

    // A sixteenth less each time, from 600 ms to 200.
    assertEquals(18, refused);
  }

  @Test
  void search_thatTakesAllTheTimeThereIs_isNotThoughtToNeedIt() {
    submit(ann, HEAVY_BYTES, probe("search", 400 * MS).ends(Outcome.CUT_SHORT));
    workAll();
    submit(bob, LIGHT_BYTES, probe("bob", MS));
    Job search = job(ann, HEAVY_BYTES, probe("search", 0));

    assertNull(queue.submit(search, 100 * MS));
    assertEquals(400 * MS, search.expected);
    assertTrue(search.needed < 2 * MS, () -> search.needed + " ns");
  }

  @Test
  void plan_thatRanOutOfTime_isThoughtToNeedMoreThanThat() {
    teach(ann, HEAVY_BYTES, 10 * MS);
    submit(ann, HEAVY_BYTES, probe("hopeless", 90 * MS).ends(Outcome.UNANSWERED));
    workAll();
    Job next = job(ann, HEAVY_BYTES, probe("next", 0));

    queue.submit(next, Job.FOREVER);

    assertEquals(20 * MS, next.needed);
  }

  @Test
  void job_thatHasTooLittleTimeLeftWhenItsTurnComes_isRefusedUnworked() {
    teach(ann, LIGHT_BYTES, 3 * MS);
    Probe late = probe("late", 0);
    submit(ann, LIGHT_BYTES, probe("first", 12 * MS));
    assertNull(queue.submit(job(ann, LIGHT_BYTES, late), 14 * MS));

    workAll();

    assertEquals(List.of("first", "late refused"), log);
    assertNotNull(late.refusal);
    assertEquals(RefusalReason.DEADLINE, late.refusal.reason());
    assertEquals(0, queue.busyWorkers());
  }

  @Test
  void job_thatIsWithdrawn_isNotDoneAndMakesRoom() {
    queue = queue(1, 3);
    Job withdrawn = job(ann, LIGHT_BYTES, probe("withdrawn", 0));
    submit(ann, LIGHT_BYTES, probe("first", 0));
    assertNull(queue.submit(withdrawn, Job.FOREVER));
    assertEquals(RefusalReason.CLIENT_SHARE, refusal(ann, LIGHT_BYTES, Job.FOREVER));

    assertTrue(queue.withdraw(withdrawn));

    assertFalse(queue.withdraw(withdrawn));
    submit(ann, LIGHT_BYTES, probe("last", 0));
    workAll();
    assertEquals(List.of("first", "last"), log);
  }

  @Test
  void job_inWork_cannotBeWithdrawn() {
    boolean[] withdrawn = {true};
    Job[] job = new Job[1];
    job[0] =
        job(ann, LIGHT_BYTES, new Probe("job", 0, () -> withdrawn[0] = queue.withdraw(job[0])));
    assertNull(queue.submit(job[0], Job.FOREVER));

    workAll();

    assertFalse(withdrawn[0]);
    assertFalse(queue.withdraw(job[0]));
  }

  @Test
  void job_thatThrows_takesNoWorkerDown() {
    Runnable failure =
        () -> {
          throw new OutOfMemoryError("of a test");
        };
    submit(ann, LIGHT_BYTES, new Probe("bad", 0, failure));
    submit(ann, LIGHT_BYTES, probe("good", 0));

    workAll();

    assertEquals(List.of("bad", "good"), log);
    assertEquals(0, queue.busyWorkers());
  }

  @Test
  void cost_isPredictedByShapeThenClientThenAll() {
    Job lesson = new Job(ann, Work.PLAN, 12_000, 77, probe("lesson", 20 * MS));
    assertNull(queue.submit(lesson, Job.FOREVER));
    workAll();
    teach(bob, 12_000, 2 * MS);

    assertEquals(20 * MS, expected(new Job(bob, Work.PLAN, 9_000, 77, probe("", 0))));
    assertEquals(2 * MS, expected(new Job(bob, Work.PLAN, 9_000, 78, probe("", 0))));
    assertEquals(
        20 * MS - 18 * MS / 8, expected(new Job(new Client(), Work.PLAN, 9_000, 78, probe("", 0))));
    long first = expected(new Job(bob, Work.ANALYSIS, 9_000, Job.NO_SHAPE, probe("", 0)));
    assertTrue(first < MS, () -> first + " ns, though other work says nothing of this");
  }

  private long expected(Job job) {
    assertNull(queue.submit(job, Job.FOREVER));
    assertTrue(queue.withdraw(job));
    return job.expected;
  }

  @Test
  void workers_onceShutDown_finishWhatWaitsAndLeave() throws InterruptedException {
    queue = new PlanningQueue(new LoadLimits(2, 100, Duration.ofSeconds(1), 100, 1 << 20));
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread worker =
          new Thread(
              () -> {
                try {
                  queue.work();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      worker.start();
      workers.add(worker);
    }
    java.util.concurrent.atomic.AtomicInteger done =
        new java.util.concurrent.atomic.AtomicInteger();
    for (int i = 0; i < 40; i++) {
      submit(
          ann,
          LIGHT_BYTES,
          new Job.Task() {
            @Override
            public Outcome run(long waited) {
              done.incrementAndGet();
              return Outcome.ANSWERED;
            }

            @Override
            public void refuse(Refusal refusal) {}
          });
    }

    queue.shutdown();
    for (Thread worker : workers) {
      worker.join();
    }

    assertEquals(40, done.get());
  }
}
