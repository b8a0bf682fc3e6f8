// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import io.partialloading.planner.fixture.HardInstances;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How near the optimum plans for hard libraries are: counts, the same on every machine. Run as
 * BENCHMARKS.md says; takes some minutes, most of them for the optima.
 */
public final class HardLibrariesReport {
  private static final double[] EFFORTS = {1, 0.25};

  private HardLibrariesReport() {}

  /** A group of instances, those of which everybody can be served left out. */
  private record Group(int models, List<Instance> instances) {
    static Group draw(int models, int users, int size) {
      List<Instance> instances = new ArrayList<>();
      for (long seed = 1000L * models; instances.size() < size; seed++) {
        Instance instance = HardInstances.draw(models, users, seed);
        Solution plan = HardInstances.planner(1).solve(instance, StopSignal.NEVER);
        if (plan.servedUserCount() < users) {
          instances.add(instance);
        }
      }
      return new Group(models, instances);
    }
  }

  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("| models | instances | effort | of the optimum | proven | bound above plan |");
    out.println("|---|---|---|---|---|---|");
    int[] allServed = new int[EFFORTS.length];
    int allOptima = 0;
    for (int models : new int[] {16, 18, 20, 22}) {
      Group group = Group.draw(models, 120, models == 22 ? 8 : 12);
      int optima = group.instances().stream().mapToInt(HardLibrariesTest::optimum).sum();
      int[] served = report(out, group, optima);
      allOptima += optima;
      for (int i = 0; i < served.length; i++) {
        allServed[i] += served[i];
      }
    }
    for (int i = 0; i < EFFORTS.length; i++) {
      out.printf(
          Locale.ROOT,
          "| 16 to 22 | 44 | %s | %.2f %% | | |%n",
          EFFORTS[i],
          100.0 * allServed[i] / allOptima);
    }
    report(out, Group.draw(25, 120, 16), 0);
    report(out, Group.draw(50, 120, 12), 0);
    report(out, Group.draw(100, 200, 12), 0);
  }

  /** Lines of a group; the users served in all by effort. */
  private static int[] report(PrintStream out, Group group, int optimum) {
    int[] servedByEffort = new int[EFFORTS.length];
    for (int i = 0; i < EFFORTS.length; i++) {
      int served = 0;
      int bound = 0;
      int proven = 0;
      for (Instance instance : group.instances()) {
        Solution plan = HardInstances.planner(EFFORTS[i]).solve(instance, StopSignal.NEVER);
        served += plan.servedUserCount();
        bound += plan.servedUserUpperBound();
        proven += plan.isProvenOptimal() ? 1 : 0;
      }
      servedByEffort[i] = served;
      out.printf(
          Locale.ROOT,
          "| %d | %d | %s | %s | %d | %.2f %% |%n",
          group.models(),
          group.instances().size(),
          EFFORTS[i],
          optimum == 0 ? "not known" : "%.2f %%".formatted(100.0 * served / optimum),
          proven,
          100.0 * (bound - served) / served);
    }
    return servedByEffort;
  }
}
