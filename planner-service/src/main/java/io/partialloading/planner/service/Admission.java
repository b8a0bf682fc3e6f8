// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.partialloading.planner.queue.Holding;
import io.partialloading.planner.queue.Intake;
import io.partialloading.planner.queue.Job;
import io.partialloading.planner.queue.PlanningQueue;
import io.partialloading.planner.queue.Refusal;
import io.partialloading.planner.queue.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * What all calls come through.
 *
 * @param queue where their work waits
 * @param intake bounds the calls and their bytes
 * @param callersWork whether whoever submits a job also works, because nobody else does
 * @param reserve what is kept back of a call's deadline for the network
 * @param observer is told what happens
 */
record Admission(
    PlanningQueue queue,
    Intake intake,
    boolean callersWork,
    AnswerReserve reserve,
    PlanningObserver observer) {

  /**
   * Takes a job, or says why not; with no workers, it is done on return.
   *
   * @param hasPlace whether its request was let come, and this is the first that is heard of it
   */
  @Nullable Refusal submit(Job job, long patience, boolean hasPlace) {
    Refusal refusal = hasPlace ? queue.arrive(job, patience) : queue.submit(job, patience);
    if (refusal == null && callersWork) {
      while (queue.workOnce()) {
        // until nothing waits
      }
    }
    return refusal;
  }

  /** Lets a call hold some bytes more, or says why not. */
  @Nullable Refusal hold(Holding holding, long bytes) {
    return refusal(holding.add(bytes));
  }

  /** Counts a call as one in progress, or says why not. */
  @Nullable Refusal enter(Holding holding) {
    return refusal(holding.enter());
  }

  private @Nullable Refusal refusal(@Nullable RefusalReason reason) {
    return reason == null ? null : new Refusal(reason, queue.backlog());
  }
}
