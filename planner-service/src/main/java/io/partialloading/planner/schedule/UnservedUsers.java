// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.schedule;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.instance.ServiceCurve;
import io.partialloading.planner.schedule.UnservedUser.Reason;
import io.partialloading.planner.solve.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says why a plan leaves users out. */
public final class UnservedUsers {
  private static final int NOT_VISITED = -1;

  private final Instance instance;
  private final List<Visit> visits;
  private final int[] visitOfModel;
  private final long[] visitLoads;
  private final long[] insertionTimes;
  private final int[] markedBy;

  private UnservedUsers(Instance instance, List<Visit> visits) {
    this.instance = instance;
    this.visits = visits;
    this.visitOfModel = new int[instance.modelCount()];
    Arrays.fill(visitOfModel, NOT_VISITED);
    this.visitLoads = new long[visits.size()];
    int previous = Instance.START;
    for (int n = 0; n < visits.size(); n++) {
      int model = visits.get(n).model();
      visitOfModel[model] = n;
      visitLoads[n] = instance.loadTime(previous, model);
      previous = model;
    }
    this.markedBy = new int[instance.blockCount()];
    Arrays.fill(markedBy, -1);
    this.insertionTimes = new long[instance.modelCount()];
    Arrays.fill(insertionTimes, -1);
  }

  /**
   * The users that a plan leaves out, in the order of the snapshot.
   *
   * <p>A displaced user's shortfall is the least time by which the budget would have to grow to add
   * it to this plan without changing anything else: to its model's visit, or by a new visit at the
   * best place. Takes time linear in the users, plus for each model that has users left out and no
   * visit the set differences with all visits.
   */
  public static List<UnservedUser> explain(
      Instance instance, List<Visit> visits, Schedule schedule) {
    UnservedUsers explanation = new UnservedUsers(instance, visits);
    boolean[] served = new boolean[instance.userCount()];
    for (Batch batch : schedule.batches()) {
      for (int user : batch.users()) {
        served[user] = true;
      }
    }
    List<UnservedUser> unserved = new ArrayList<>();
    for (int user = 0; user < served.length; user++) {
      if (!served[user]) {
        unserved.add(explanation.explain(user, schedule.slack()));
      }
    }
    return unserved;
  }

  private UnservedUser explain(int user, long slack) {
    if (instance.uploadTime(user) == Instance.OUT_OF_REACH) {
      return new UnservedUser(user, Reason.OUT_OF_REACH, 0);
    }
    RequestedModel model = instance.model(instance.userModel(user));
    if (model.serviceCurve().largestBatch() == 0) {
      return new UnservedUser(user, Reason.MODEL_EXCEEDS_GPU_MEMORY, 0);
    }
    long alone = instance.timeAlone(user);
    if (alone > instance.budget()) {
      return new UnservedUser(user, Reason.EXCEEDS_BUDGET_ALONE, alone - instance.budget());
    }
    return new UnservedUser(user, Reason.DISPLACED, shortfall(user, slack));
  }

  private long shortfall(int user, long slack) {
    int model = instance.userModel(user);
    ServiceCurve curve = instance.model(model).serviceCurve();
    int visit = visitOfModel[model];
    long added =
        visit == NOT_VISITED
            ? insertionTime(model) + curve.timeOfOneMore(0, instance.uploadTime(user))
            : curve.timeOfOneMore(visits.get(visit).count(), instance.uploadTime(user));
    // A plan that is not optimal may have room for the user left: then nothing is short.
    return Math.max(0, added - slack);
  }

  /** The least time by which a visit without users makes the plan longer, over all its places. */
  private long insertionTime(int model) {
    if (insertionTimes[model] >= 0) {
      return insertionTimes[model];
    }
    LoadTimes loads = instance.loadTimes();
    long bytes = instance.model(model).bytes();
    for (int block : instance.model(model).blocks()) {
      markedBy[block] = model;
    }
    long least = Instance.NEVER;
    long loadAfterPrevious = instance.loadTime(Instance.START, model);
    for (int n = 0; n < visits.size(); n++) {
      int next = visits.get(n).model();
      long shared = instance.parameterSharing() ? markedBytes(next, model) : 0;
      long loadNextAfter = loads.time(instance.model(next).bytes() - shared);
      least = Math.min(least, loadAfterPrevious + loadNextAfter - visitLoads[n]);
      loadAfterPrevious = loads.time(bytes - shared);
    }
    insertionTimes[model] = Math.min(least, loadAfterPrevious);
    return insertionTimes[model];
  }

  private long markedBytes(int model, int mark) {
    long bytes = 0;
    for (int block : instance.model(model).blocks()) {
      bytes += markedBy[block] == mark ? instance.blockBytes(block) : 0;
    }
    return bytes;
  }
}
