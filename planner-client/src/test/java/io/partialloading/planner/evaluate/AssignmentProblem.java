// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.Batch;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A small request as {@link AssignmentSearch} needs it: the requested models, the users of each,
 * and how long batches and loads take, all of it in tables. A batch is a set of bits, one for each
 * user of its model, from the cheapest upload.
 */
final class AssignmentProblem {
  /** The load before the first model, from an empty GPU. */
  static final int START = -1;

  /** At about three nanoseconds each, less than half a second. */
  static final double MAX_ASSIGNMENTS = 1e8;

  private final double budget;
  private final RequestTimes times;
  private final List<Model> models = new ArrayList<>();
  private final List<List<User>> users = new ArrayList<>();

  /** Time of a batch, its load left out, by model and batch. */
  private final double[][] batchTimes;

  /** Time to load a model after another, by previous model plus one, and model. */
  private final double[][] loadTimes;

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is not of the paper's scenarios, or has more than {@link
   *     #MAX_ASSIGNMENTS} assignments
   */
  AssignmentProblem(PlanRequest request) {
    budget = Durations.toNanos(request.getLatencyBudget());
    times = new RequestTimes(request);
    for (Model model : request.getBlockLibrary().getModelsList()) {
      List<User> ofModel =
          request.getUserSnapshot().getUsersList().stream()
              .filter(user -> user.getModelId().equals(model.getId()))
              .sorted(Comparator.comparingDouble(times::upload))
              .toList();
      if (!ofModel.isEmpty()) {
        models.add(model);
        users.add(ofModel);
      }
    }
    double count = count(users.stream().mapToInt(List::size).toArray());
    if (count > MAX_ASSIGNMENTS) {
      throw new IllegalArgumentException(
          "%.1e assignments of users to batches are too many".formatted(count));
    }
    batchTimes = new double[models.size()][];
    loadTimes = new double[models.size() + 1][models.size()];
    for (int model = 0; model < models.size(); model++) {
      batchTimes[model] = batchTimesOf(model);
      loadTimes[0][model] = times.load(List.of(), models.get(model));
      for (int previous = 0; previous < models.size(); previous++) {
        loadTimes[previous + 1][model] =
            times.load(models.get(previous).getBlockIdsList(), models.get(model));
      }
    }
  }

  /** Number of assignments, Σ over ordered subsets Π (2^n_i - 1), the empty subset not counted. */
  static double count(int... userCounts) {
    // Σ over the subsets of m models so far, without their orders, at [m].
    double[] products = new double[userCounts.length + 1];
    products[0] = 1;
    for (int i = 0; i < userCounts.length; i++) {
      for (int m = i + 1; m > 0; m--) {
        products[m] += products[m - 1] * (Math.scalb(1.0, userCounts[i]) - 1);
      }
    }
    double count = 0;
    double orders = 1;
    for (int m = 1; m < products.length; m++) {
      orders *= m;
      count += orders * products[m];
    }
    return count;
  }

  /** Number of models that users want. */
  int models() {
    return models.size();
  }

  /** The latency budget. */
  double budget() {
    return budget;
  }

  /** Times of a model's batches, with optimal bandwidth (11). */
  double[] batchTimes(int model) {
    return batchTimes[model];
  }

  /** Time to load a model after another or from {@link #START}. */
  double loadTime(int previous, int model) {
    return loadTimes[previous + 1][model];
  }

  /** A batch with optimal bandwidth: each user's share is that of its upload in their sum (12). */
  Batch batch(int model, int batch) {
    List<User> members = new ArrayList<>();
    for (int n = 0; n < users.get(model).size(); n++) {
      if ((batch >> n & 1) != 0) {
        members.add(users.get(model).get(n));
      }
    }
    double sum = members.stream().mapToDouble(times::upload).sum();
    Batch.Builder granted = Batch.newBuilder().setModelId(models.get(model).getId());
    for (User user : members) {
      granted
          .addGrantsBuilder()
          .setUserId(user.getId())
          .setBandwidthFraction(times.upload(user) / sum);
    }
    return granted.build();
  }

  private double[] batchTimesOf(int model) {
    double[] uploads = users.get(model).stream().mapToDouble(times::upload).toArray();
    double[] sums = new double[1 << uploads.length];
    for (int batch = 1; batch < sums.length; batch++) {
      sums[batch] = sums[batch & (batch - 1)] + uploads[Integer.numberOfTrailingZeros(batch)];
    }
    for (int batch = 1; batch < sums.length; batch++) {
      sums[batch] += times.compute(models.get(model), Integer.bitCount(batch));
    }
    return sums;
  }
}
