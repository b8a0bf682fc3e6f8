// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

/** Why a server that is busy takes no more. */
public enum RefusalReason {
  /** As many jobs wait as may. */
  QUEUE_FULL,

  /** The client has as many jobs, calls or bytes of its own as it leaves free for others. */
  CLIENT_SHARE,

  /** The answer would come after the call's deadline. */
  DEADLINE,

  /** The job would wait longer than any may. */
  LONG_WAIT,

  /** As many calls are in progress as may be. */
  CALLS,

  /**
   * The messages in progress, with this one, or the tables of the plans, would take too much
   * memory.
   */
  MEMORY
}
