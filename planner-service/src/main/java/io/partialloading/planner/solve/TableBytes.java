// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.SharingComponents;
import io.partialloading.planner.instance.SharingComponents.Component;
import io.partialloading.planner.instance.SharingStructure;

/**
 * How much memory the tables of a plan take at most, reckoned before it is made: a small request
 * can ask for hundreds of megabytes.
 *
 * <p>On a block tree there is a curve at every node, of the users below it: so many entries as
 * users have nodes above them, twice if resident blocks matter. A search has two tables of users by
 * models, again twice, its loads, and for every model the others in order. Everything else that is
 * large has a limit of its own, 64 MB. The adaptive planner's tables are the largest, so other
 * algorithms are taken for it.
 */
public final class TableBytes {
  private static final long ENTRY = Long.BYTES;

  private TableBytes() {}

  /**
   * At most so many bytes of tables, those with a limit of their own aside; linear in the models.
   */
  public static long of(Instance instance) {
    SharingComponents sharing = instance.sharing();
    boolean affineLoads = instance.loadTimes().isAffine();
    long entries = 0;
    for (Component component : sharing.components()) {
      boolean isTree =
          component.size() == 1
              || (component.structure() != SharingStructure.GENERAL && affineLoads);
      entries += isTree ? treeEntries(instance, component) : searchEntries(instance, component);
    }
    return entries * ENTRY * (instance.hasResidentBlocks() ? 2 : 1);
  }

  private static long treeEntries(Instance instance, Component component) {
    long entries = 0;
    for (int model : component.models()) {
      entries += users(instance, model) * (instance.sharing().groups(model).length + 1L);
    }
    return entries;
  }

  private static long searchEntries(Instance instance, Component component) {
    long models = component.size();
    long users = 0;
    for (int model : component.models()) {
      users += users(instance, model);
    }
    boolean isSearched = !AdaptivePlanner.isTooLargeToSearch(models, users);
    return isSearched ? 2 * models * users + 2 * models * models : users;
  }

  private static long users(Instance instance, int model) {
    return instance.model(model).serviceCurve().maxCount();
  }
}
