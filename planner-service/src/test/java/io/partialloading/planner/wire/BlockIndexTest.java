// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.ParameterBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockIndexTest {
  /** Small ids are looked up directly; 1 << 20 and the full range of 32 bits are searched for. */
  @ParameterizedTest
  @ValueSource(ints = {50, 1_000, 1 << 20, -1})
  void find_randomIds_findsTheFirstBlockWithEach(int idBound) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<ParameterBlock> blocks = new ArrayList<>();
      Map<Integer, Integer> expected = new HashMap<>();
      List<Integer> probes = new ArrayList<>(List.of(0, 1, -1, Integer.MIN_VALUE));
      for (int block = 0; block < random.nextInt(60); block++) {
        int id = idBound > 0 ? random.nextInt(idBound) : random.nextInt();
        boolean unset = random.nextInt(10) == 0;
        blocks.add(
            unset
                ? ParameterBlock.getDefaultInstance()
                : ParameterBlock.newBuilder().setId(id).build());
        if (!unset) {
          expected.putIfAbsent(id, block);
        }
        probes.add(id);
        probes.add(id + 1);
      }

      BlockIndex index = BlockIndex.of(blocks, new Faults(StopSignal.NEVER));

      for (int id : probes) {
        assertEquals(
            expected.getOrDefault(id, BlockIndex.UNKNOWN),
            index.find(id),
            "id " + id + ", seed " + seed);
      }
    }
  }
}
