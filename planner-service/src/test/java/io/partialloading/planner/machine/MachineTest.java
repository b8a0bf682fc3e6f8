// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.instance.TransferTime;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final Batch A = new Batch(0, new int[] {0, 1});
  private static final Batch A_AGAIN = new Batch(0, new int[] {2});
  private static final Batch B = new Batch(1, new int[] {3});

  /**
   * Model A has blocks of 100 and 20 bytes, B the first of them and one of 3; a byte loads in a ns.
   * Users take 1, 2, 4 (A) and 8 ns (B) to upload; computing takes 1,000 ns a batch and 10 a user.
   */
  private static Instance.Builder instance() {
    return new Instance.Builder(
            1_000_000, new long[] {100, 20, 3}, new int[] {0, 0, 0, 1}, new long[] {1, 2, 4, 8})
        .loadTimes(new LoadTimes(TransferTime.affine(0, 1e9), TransferTime.NONE))
        .addModel(new int[] {1, 0}, ComputeTimes.affine(1000, 10), 2)
        .addModel(new int[] {0, 2}, ComputeTimes.affine(1000, 10), 2);
  }

  private static void assertSteps(Steps steps, long... times) {
    assertArrayEquals(
        times,
        new long[] {
          steps.uploadStart(),
          steps.uploadEnd(),
          steps.loadStart(),
          steps.loadEnd(),
          steps.computeStart(),
          steps.completion()
        });
  }

  @Test
  void append_runsStepsAfterOneAnother() {
    Machine machine = new Machine(instance().build());

    assertEquals(1143, machine.append(A));
    assertEquals(1143 + 1014, machine.append(A_AGAIN));
    assertEquals(2157 + 1021, machine.append(B));

    assertSteps(machine.steps(0), 0, 3, 3, 123, 123, 1143);
    assertSteps(machine.steps(1), 1143, 1147, 1147, 1147, 1147, 2157);
    assertSteps(machine.steps(2), 2157, 2165, 2165, 2168, 2168, 3178);
    assertEquals(8, machine.steps(2).upload());
    assertEquals(3, machine.steps(2).load());
    assertEquals(1010, machine.steps(2).compute());
  }

  @Test
  void steps_loadWhatTheBatchBeforeDidNotLeave() {
    Machine machine = new Machine(instance().build());
    machine.run(List.of(A, A_AGAIN, B));

    assertArrayEquals(new int[] {1, 0}, machine.steps(0).loadBlocks());
    assertArrayEquals(new int[0], machine.steps(1).loadBlocks());
    assertArrayEquals(new int[] {2}, machine.steps(2).loadBlocks());
    assertEquals(3, machine.steps(2).loadBytes());
    assertEquals(100, machine.steps(2).reusedBytes());
  }

  @Test
  void residentBlocks_areFoundByTheFirstBatchAlone() {
    BitSet resident = new BitSet();
    resident.set(1);
    Machine machine = new Machine(instance().residentBlocks(resident).build());
    machine.run(List.of(A, B, A_AGAIN));

    assertArrayEquals(new int[] {0}, machine.steps(0).loadBlocks());
    assertArrayEquals(new int[] {1}, machine.steps(2).loadBlocks());
    assertEquals(100, machine.missingBytes(Machine.START, 0));
    assertEquals(120, machine.missingBytes(Machine.COLD, 0));
    assertEquals(20, machine.missingBytes(1, 0));
  }

  @Test
  void withoutParameterSharing_aModelFindsOnlyItself() {
    BitSet resident = new BitSet();
    resident.set(0, 3);
    Machine machine =
        new Machine(instance().residentBlocks(resident).withoutParameterSharing().build());
    machine.run(List.of(A, A_AGAIN, B));

    assertArrayEquals(new int[] {1, 0}, machine.steps(0).loadBlocks());
    assertEquals(0, machine.steps(1).loadBytes());
    assertArrayEquals(new int[] {0, 2}, machine.steps(2).loadBlocks());
  }

  @Test
  void rollBack_leavesTheMachineAsItWas() {
    Machine machine = new Machine(instance().build());
    machine.append(A);
    int mark = machine.size();
    machine.append(B);
    machine.append(A_AGAIN);

    machine.rollBack(mark);

    assertEquals(1143, machine.completion());
    assertEquals(2157, machine.append(A_AGAIN));
    assertEquals(A_AGAIN, machine.batch(1));
    assertThrows(IllegalArgumentException.class, () -> machine.rollBack(3));
  }

  @Test
  void manyBatches_growTheMachine() {
    Machine machine = new Machine(instance().build());
    for (int n = 1; n <= 100; n++) {
      assertEquals(120 + n * 1014, machine.append(A_AGAIN));
    }
    long before = 120 + 99 * 1014;
    assertSteps(
        machine.steps(99), before, before + 4, before + 4, before + 4, before + 4, before + 1014);
  }

  @Test
  void timesThatLastForYears_endAtNever() {
    Instance slow =
        new Instance.Builder(1, new long[] {100}, new int[] {0}, new long[] {Long.MAX_VALUE - 1})
            .addModel(new int[] {0}, ComputeTimes.affine(Long.MAX_VALUE, 0), 1)
            .build();
    Machine machine = new Machine(slow);
    Batch batch = new Batch(0, new int[] {0});

    assertEquals(Instance.NEVER, machine.append(batch));
    assertEquals(Instance.NEVER, machine.append(batch));
    assertEquals(0, ServableUsers.count(machine, StopSignal.NEVER));
  }
}
