// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The light or the heavy jobs that wait, shared fairly among clients by working time: start-time
 * fair queueing (Goyal, Vin, Cheng, 1996). A client's next job starts at its tag; a job moves the
 * tag on by the time it is expected to take, and by what it took beyond that once it is done; a
 * client that did not wait starts at the tag of the job started last. So whoever had least working
 * time is next, and nobody saves time up. Logarithmic in the clients that wait. Not thread-safe.
 */
final class Lane {
  /** Which lane. */
  enum Kind {
    LIGHT,
    HEAVY
  }

  final Kind kind;
  private final PriorityQueue<Line> lines = new PriorityQueue<>(Line.TURN);
  private long arrivals;
  private long virtualTime;

  /** Virtual time, among lanes, at which the lane's next job starts. */
  long tag;

  /** What the waiting jobs are expected to take, in ns. */
  long work;

  /** Number of its jobs that are worked on. */
  int running;

  private int waiting;

  Lane(Kind kind) {
    this.kind = kind;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  int waiting() {
    return waiting;
  }

  Line line(Client client) {
    return client.lines[kind.ordinal()];
  }

  void add(Job job) {
    Line line = line(job.client);
    boolean wasEmpty = line.isEmpty();
    line.add(job);
    work += job.expected;
    waiting++;
    if (wasEmpty) {
      line.tag = Math.max(line.tag + line.debt, virtualTime);
      line.debt = 0;
      line.order = arrivals++;
      lines.add(line);
    }
  }

  /** Takes the job whose turn it is, if one waits. */
  @Nullable Job poll() {
    Line line = lines.poll();
    while (line != null && line.debt != 0) {
      line.tag += line.debt;
      line.debt = 0;
      lines.add(line);
      line = lines.poll();
    }
    if (line == null) {
      return null;
    }
    Job job = line.poll();
    work -= job.expected;
    waiting--;
    virtualTime = Math.max(virtualTime, line.tag);
    line.tag += job.expected;
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return job;
  }

  /** Takes out a job that waits. */
  void remove(Job job) {
    Line line = line(job.client);
    line.remove(job);
    work -= job.expected;
    waiting--;
    if (line.isEmpty()) {
      lines.remove(line);
    }
  }

  /** Charges a client for what its job took beyond what it was expected to. */
  void charge(Job job, long beyond) {
    line(job.client).debt += beyond;
    tag += beyond;
  }

  /**
   * What is worked on in this lane before a job that a client submits now, in ns: the client's own
   * jobs, and of every other client as much as the client gets.
   */
  long ahead(Client client, long cost) {
    long own = line(client).work;
    int others = lines.size() - (line(client).isEmpty() ? 0 : 1);
    return own + Math.min(work - own, (own + cost) * others);
  }
}
