// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.plan;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.plan.UnservedUser.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says why a plan leaves users out. */
final class UnservedUsers {
  private static final int NONE = -1;
  private static final long UNKNOWN = -1;

  private final Machine machine;
  private final Instance instance;
  private final long slack;
  private final int[] lastBatch; // by model
  private final int[] batchBefore; // by batch, of the same model
  private final long[] insertionTimes; // by model

  private UnservedUsers(Machine machine) {
    this.machine = machine;
    this.instance = machine.instance();
    this.slack = instance.budget() - machine.completion();
    this.lastBatch = new int[instance.modelCount()];
    this.batchBefore = new int[machine.size()];
    Arrays.fill(lastBatch, NONE);
    for (int n = 0; n < machine.size(); n++) {
      int model = machine.batch(n).model();
      batchBefore[n] = lastBatch[model];
      lastBatch[model] = n;
    }
    this.insertionTimes = new long[instance.modelCount()];
    Arrays.fill(insertionTimes, UNKNOWN);
  }

  /**
   * The users that a plan leaves out, in the order of the snapshot.
   *
   * <p>A displaced user's shortfall is the least time by which the budget would have to grow to add
   * it to this plan without changing anything else: to a batch of its model, or by a new batch at
   * the best place. Takes time linear in the users, plus for each model that has users left out and
   * no batch the set differences with all batches, and unless an upload is a sum for each user left
   * out the batches of its model.
   *
   * @param machine has run the plan
   */
  static List<UnservedUser> explain(Machine machine, StopSignal stop) {
    UnservedUsers explanation = new UnservedUsers(machine);
    boolean[] served = new boolean[machine.instance().userCount()];
    for (int n = 0; n < machine.size(); n++) {
      for (int user : machine.batch(n).users()) {
        served[user] = true;
      }
    }
    List<UnservedUser> unserved = new ArrayList<>();
    for (int user = 0; user < served.length; user++) {
      if (!served[user]) {
        stop.throwIfCancelled();
        unserved.add(explanation.explain(user, stop));
      }
    }
    return unserved;
  }

  private UnservedUser explain(int user, StopSignal stop) {
    int model = instance.userModel(user);
    if (!instance.isInReach(user)) {
      boolean isKnown = instance.unitTime(user) != Instance.NO_CHANNEL;
      return new UnservedUser(user, isKnown ? Reason.OUT_OF_REACH : Reason.NO_CHANNEL, 0);
    }
    if (instance.model(model).largestBatch() == 0) {
      return new UnservedUser(user, Reason.MODEL_EXCEEDS_GPU_MEMORY, 0);
    }
    long own = machine.serviceTimeAlone(user);
    long alone = own + machine.loadTime(Machine.START, model);
    if (alone > instance.budget()) {
      return new UnservedUser(user, Reason.EXCEEDS_BUDGET_ALONE, alone - instance.budget());
    }
    boolean isVisited = lastBatch[model] != NONE;
    if (!isVisited && insertionTimes[model] == UNKNOWN) {
      insertionTimes[model] = machine.leastInsertionTime(model);
    }
    long added =
        !isVisited ? own + insertionTimes[model] : Math.min(own, leastJoiningTime(user, stop));
    // A plan that is not optimal may have room for the user left: then nothing is short.
    return new UnservedUser(user, Reason.DISPLACED, Math.max(0, added - slack));
  }

  private boolean canUploadToo(int user, Batch batch) {
    int most = instance.bandwidthSharing().mostUploads();
    if (instance.unitTime(user) == 0 || batch.users().length < most) {
      return true;
    }
    int uploads = 0;
    for (int other : batch.users()) {
      uploads += instance.unitTime(other) > 0 ? 1 : 0;
    }
    return uploads < most;
  }

  /** By how much a batch of the user's model takes longer with the user in it, at least, in ns. */
  private long leastJoiningTime(int user, StopSignal stop) {
    int ofUser = instance.userModel(user);
    RequestedModel model = instance.model(ofUser);
    BandwidthSharing sharing = instance.bandwidthSharing();
    long least = Instance.NEVER;
    for (int n = lastBatch[ofUser]; n != NONE; n = batchBefore[n]) {
      Batch batch = machine.batch(n);
      int size = batch.users().length;
      stop.throwIfCancelled();
      if (size == model.largestBatch() || !canUploadToo(user, batch)) {
        continue;
      }
      long longer;
      if (sharing.isAdditive()) {
        longer =
            Math.min(instance.unitTime(user), Instance.NEVER)
                + Math.min(model.compute().time(size + 1), Instance.NEVER)
                - model.compute().time(size);
      } else {
        long[] with = Arrays.copyOf(machine.unitTimes(batch.users()), size + 1);
        with[size] = instance.unitTime(user);
        Arrays.sort(with);
        longer = Machine.serviceTime(sharing, model.compute(), with) - machine.serviceTime(n);
      }
      least = Math.min(least, longer);
    }
    return least;
  }
}
