// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import com.google.protobuf.Duration;
import io.partialloading.planner.v1.Batch;
import java.util.Comparator;
import java.util.List;

/**
 * When the steps of a batch begin and end, in nanoseconds. Everything that is drawn or printed of a
 * batch's times is from here. Each step has a begin of its own, for it may wait for its resource;
 * only {@link #of} knows that today's schedules have none wait.
 *
 * @param upload the upload of its users' data
 * @param load the load of the blocks that are not on the GPU
 * @param compute the inference
 * @param slack by how much it may start later than it does without a deadline being missed
 */
record BatchTimes(Step upload, Step load, Step compute, double slack) {
  /** A step, which does not end before it begins. */
  record Step(double begin, double end) {
    /** A step that begins at a time; a duration below 0, which only a faulty answer has, is 0. */
    private static Step at(double begin, Duration duration) {
      return new Step(begin, begin + Math.max(0, Unit.nanoseconds(duration)));
    }

    double duration() {
      return end - begin;
    }
  }

  /** The times that a batch states, whose steps follow each other; times below 0 count as 0. */
  static BatchTimes of(Batch batch) {
    double start = Math.max(0, Unit.nanoseconds(batch.getStart()));
    Step upload = Step.at(start, batch.getUpload());
    Step load = Step.at(upload.end(), batch.getLoad());
    Step compute = Step.at(load.end(), batch.getCompute());
    double latest = Math.max(0, Unit.nanoseconds(batch.getLatestStart()));
    return new BatchTimes(upload, load, compute, latest - start);
  }

  List<Step> steps() {
    return List.of(upload, load, compute);
  }

  /** When the first step begins. */
  double start() {
    return upload.begin();
  }

  /** When it may start at the latest. */
  double latestStart() {
    return start() + slack;
  }

  /** When the batch is complete. */
  double end() {
    return compute.end();
  }

  /** How long the longest step takes. */
  double longest() {
    return steps().stream().map(Step::duration).max(Comparator.naturalOrder()).orElseThrow();
  }
}
