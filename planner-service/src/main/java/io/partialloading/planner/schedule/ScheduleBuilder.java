// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.schedule;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.solve.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the visits of a plan into batches with bandwidth shares (12), load manifests and times. */
public final class ScheduleBuilder {
  private ScheduleBuilder() {}

  /**
   * The schedule of a plan. Linear in the users served and the blocks of the models visited.
   *
   * @throws IllegalArgumentException if the plan does not keep the latency budget
   */
  public static Schedule build(Instance instance, List<Visit> visits) {
    List<Batch> batches = new ArrayList<>();
    // For each block the last visit that left it on the GPU; only the previous visit's remain
    // there.
    int[] onGpuSince = new int[instance.blockCount()];
    for (int block = 0; block < onGpuSince.length; block++) {
      onGpuSince[block] = instance.isResident(block) ? 0 : -1;
    }
    long time = 0;
    for (int n = 0; n < visits.size(); n++) {
      Visit visit = visits.get(n);
      RequestedModel model = instance.model(visit.model());
      int[] load = new int[model.blocks().length];
      int loadCount = 0;
      long loadBytes = 0;
      for (int block : model.blocks()) {
        if (!instance.parameterSharing() || onGpuSince[block] != n) {
          load[loadCount++] = block;
          loadBytes += instance.blockBytes(block);
        }
        onGpuSince[block] = n + 1;
      }
      load = Arrays.copyOf(load, loadCount);
      for (int[] positions : model.serviceCurve().batches(visit.count())) {
        int[] users = new int[positions.length];
        for (int i = 0; i < users.length; i++) {
          users[i] = model.users()[positions[i]];
        }
        Batch batch = batch(instance, visit.model(), users, load, loadBytes, time);
        batches.add(batch);
        time = batch.completion();
        load = new int[0]; // the next batch of this visit finds everything on the GPU
        loadBytes = 0;
      }
    }
    if (time > instance.budget()) {
      throw new IllegalArgumentException(
          "%s completes at %d ns, after the budget of %d ns"
              .formatted(visits, time, instance.budget()));
    }
    return new Schedule(batches, instance.budget() - time);
  }

  private static Batch batch(
      Instance instance, int model, int[] users, int[] load, long loadBytes, long start) {
    long[] uploadTimes = new long[users.length];
    for (int i = 0; i < users.length; i++) {
      uploadTimes[i] = instance.uploadTime(users[i]);
    }
    BandwidthSharing sharing = instance.bandwidthSharing();
    BandwidthSharing.Shares shares = sharing.shares(uploadTimes);
    return new Batch(
        model,
        users,
        shares.fractions(),
        shares.prbCounts(),
        load,
        loadBytes,
        instance.model(model).bytes() - loadBytes,
        start,
        sharing.uploadTime(uploadTimes, 0, users.length),
        instance.loadTimes().time(loadBytes),
        instance.model(model).compute().time(users.length));
  }
}
