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
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Machine machine;
  private final Instance instance;
  private final int[] lastBatch; // by model
  private final int[] batchBefore; // by batch, of the same model
  private final long[] insertionTimes; // by model

  private UnservedUsers(Machine machine) {
    this.machine = machine;
    this.instance = machine.instance();
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
   * the best place. Times beyond {@link Long#MAX_VALUE} count as that. Takes time linear in the
   * users, plus for each model that has users left out the set differences with all batches, unless
   * it has a batch and loads are subadditive; and unless an upload is a sum for each user left out
   * the batches of its model.
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
    long own = longServiceTimeAlone(user);
    long alone = Instance.longSum(own, machine.longLoadTime(Machine.START, model));
    if (alone > instance.budget()) {
      return new UnservedUser(user, Reason.EXCEEDS_BUDGET_ALONE, alone - instance.budget());
    }
    long added =
        Math.min(Instance.longSum(insertionTime(model, stop), own), leastJoiningTime(user, stop));
    long completion = Instance.longSum(added, machine.completion());
    // A plan that is not optimal may have room for the user left: then nothing is short.
    return new UnservedUser(user, Reason.DISPLACED, Math.max(0, completion - instance.budget()));
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

  /** Time of a batch of one user without its load, in ns. */
  private long longServiceTimeAlone(int user) {
    long[] alone = {instance.unitTime(user)};
    return Instance.longSum(
        instance.bandwidthSharing().uploadTime(alone, 0, 1),
        instance.model(instance.userModel(user)).compute().time(1));
  }

  /** By how much loads take longer with a further batch of a model, at least, in ns. */
  private long insertionTime(int model, StopSignal stop) {
    if (insertionTimes[model] == UNKNOWN) {
      // Next to a batch of its model it loads nothing; no load is faster in parts if subadditive.
      boolean isFree = lastBatch[model] != NONE && instance.loadTimes().isSubadditive(stop);
      insertionTimes[model] = isFree ? 0 : machine.leastInsertionTime(model, stop);
    }
    return insertionTimes[model];
  }

  /**
   * By how much a batch of the user's model takes longer with the user in it, at least, in ns;
   * {@link Long#MAX_VALUE} if no batch has room.
   */
  private long leastJoiningTime(int user, StopSignal stop) {
    int ofUser = instance.userModel(user);
    RequestedModel model = instance.model(ofUser);
    BandwidthSharing sharing = instance.bandwidthSharing();
    long least = Long.MAX_VALUE;
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
