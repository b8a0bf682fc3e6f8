// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.curve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.machine.Batch;
import io.partialloading.planner.machine.Machine;
import io.partialloading.planner.sharing.SharingComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * An instance as those solvers see it that visit each model at most once and decide how many users
 * to serve at each: a service curve for every model, and how models share blocks. They assume that
 *
 * <ul>
 *   <li>a model's load depends on nothing but the model before it;
 *   <li>the times of loads and of services add up, since no two steps run at the same time;
 *   <li>serving a model's users takes as long whatever else the plan does;
 *   <li>one budget holds for all users, and all count alike, so that of a model's users the
 *       cheapest are as good as any.
 * </ul>
 */
public final class Problem {
  /** Tables of a curve and of its splits, a user. */
  private static final long BYTES_PER_USER = 64;

  private static final long BYTES_PER_MODEL = 4096;

  private final Machine machine;
  private final ServiceCurve[] curves;
  private final SharingComponents sharing;
  private final boolean isCutShort;

  private Problem(
      Machine machine, ServiceCurve[] curves, SharingComponents sharing, boolean isCutShort) {
    this.machine = machine;
    this.curves = curves;
    this.sharing = sharing;
    this.isCutShort = isCutShort;
  }

  /** The problem with the best curves that the effort for splits allows. */
  public static Problem of(Instance instance, StopSignal stop) {
    SplitEffort effort = new SplitEffort(stop);
    Problem problem =
        of(instance, costs -> ServiceCurve.best(costs, instance.budget(), effort), stop);
    return new Problem(problem.machine, problem.curves, problem.sharing, effort.isCutShort());
  }

  /**
   * The problem with given curves. Models of few users come first, so that they are split exactly
   * whatever the others take.
   */
  public static Problem of(
      Instance instance, Function<BatchCosts, ServiceCurve> curve, StopSignal stop) {
    int models = instance.modelCount();
    stop.reserve(BYTES_PER_USER * instance.userCount() + BYTES_PER_MODEL * models);
    Machine machine = new Machine(instance);
    long[] fewUsersFirst = new long[models];
    for (int model = 0; model < models; model++) {
      fewUsersFirst[model] = (long) instance.model(model).users().length << Integer.SIZE | model;
    }
    Arrays.sort(fewUsersFirst);
    ServiceCurve[] curves = new ServiceCurve[models];
    for (long key : fewUsersFirst) {
      int model = (int) key;
      stop.throwIfCancelled();
      curves[model] = curve.apply(BatchCosts.of(machine, model));
    }
    return new Problem(machine, curves, sharing(instance, stop), false);
  }

  private static SharingComponents sharing(Instance instance, StopSignal stop) {
    int[][] blocks = new int[instance.modelCount()][];
    Arrays.setAll(blocks, model -> instance.model(model).blocks());
    return instance.parameterSharing()
        ? SharingComponents.of(instance.blockCount(), blocks, stop)
        : SharingComponents.ofUnshared(blocks, stop);
  }

  /**
   * This problem with service curves that no split into batches beats. Its optimum bounds this
   * problem's; its plans have no batches.
   */
  public Problem optimistic() {
    return new Problem(
        machine,
        Arrays.stream(curves).map(ServiceCurve::optimistic).toArray(ServiceCurve[]::new),
        sharing,
        isCutShort);
  }

  /** The instance. */
  public Instance instance() {
    return machine.instance();
  }

  /** Tells what loads take. */
  public Machine machine() {
    return machine;
  }

  /** The least time to serve a model's cheapest users. */
  public ServiceCurve curve(int model) {
    return curves[model];
  }

  /** Whether no split of any model's users into batches takes less time than its service curve. */
  public boolean hasExactCurves() {
    for (ServiceCurve curve : curves) {
      if (!curve.isExact()) {
        return false;
      }
    }
    return true;
  }

  /** Whether time was up before all curves were as good as the effort allows. */
  public boolean isCutShort() {
    return isCutShort;
  }

  /** How the requested models share blocks; not at all if the instance ignores sharing. */
  public SharingComponents sharing() {
    return sharing;
  }

  /** The batches of visits, in their order. */
  public List<Batch> batches(List<Visit> visits) {
    List<Batch> batches = new ArrayList<>();
    for (Visit visit : visits) {
      int[] users = instance().model(visit.model()).users();
      for (int[] positions : curve(visit.model()).batches(visit.count())) {
        int[] members = new int[positions.length];
        for (int i = 0; i < members.length; i++) {
          members[i] = users[positions[i]];
        }
        batches.add(new Batch(visit.model(), members));
      }
    }
    return batches;
  }
}
