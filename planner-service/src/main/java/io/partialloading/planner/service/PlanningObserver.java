// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Status;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.queue.Work;
import io.partialloading.planner.v1.PlanResponse;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of the service's work: of every call, and of every snapshot of a stream. By
 * the threads that do it, several at once and each in its call's {@link io.grpc.Context}, so it is
 * to be quick and thread-safe and to throw nothing.
 */
public interface PlanningObserver {
  /** Looks away. */
  PlanningObserver NONE = new PlanningObserver() {};

  /**
   * Something waits for a worker. May be told after a worker has begun.
   *
   * @param bytes size of the request
   */
  default void admitted(Work work, int bytes) {}

  /**
   * Something was refused because the server is busy: at once; or, late, after it has waited; or,
   * for want of memory, even after a worker has begun, which is then not told to be done.
   */
  default void refused(Work work, RefusalReason reason) {}

  /**
   * A worker has begun.
   *
   * @param waited how long it has waited, in ns
   */
  default void started(Work work, long waited) {}

  /** The worker has parsed the request, which may yet turn out wrong. */
  default void parsed(Work work, RequestSummary request) {}

  /**
   * The caller gave up, or its time was up, before a worker began.
   *
   * @param status CANCELLED or DEADLINE_EXCEEDED
   */
  default void dropped(Work work, Status.Code status) {}

  /**
   * A worker is done.
   *
   * @param status what became of it; OK with an answer
   * @param time from when the worker began, in ns, with parsing the request and without sending the
   *     answer
   * @param plan the answer, if it is a plan
   */
  default void finished(Work work, Status.Code status, long time, @Nullable PlanResponse plan) {}
}
