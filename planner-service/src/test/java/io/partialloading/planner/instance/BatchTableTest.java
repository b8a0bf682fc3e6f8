// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.partialloading.planner.fixture.Times;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTableTest {
  private static BatchTable table(String sizes, String values) {
    int[] ofValues = java.util.Arrays.stream(Times.of(sizes)).mapToInt(Math::toIntExact).toArray();
    return BatchTable.of(ofValues, Times.of(values));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10",
    "2, 20",
    "3, 30",
    "4, 30",
    "5, 50",
    "8, 50",
    "9, 60",
    "2147483647, 60",
  })
  void value_isThatOfTheNextMeasuredSize(int size, long expected) {
    assertEquals(expected, table("1 2 4 8 2147483647", "10 20 30 50 60").value(size));
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0",
    "10, 1",
    "29, 2",
    "30, 4",
    "59, 8",
    "60, 2147483647",
    "9223372036854775807, 2147483647"
  })
  void largestSizeWithin_isAMeasuredSize(long limit, int expected) {
    assertEquals(expected, table("1 2 4 8 2147483647", "10 20 30 50 60").largestSizeWithin(limit));
  }

  @Test
  void tables_atRandom_areAsAMapHasThem() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      TreeMap<Integer, Long> expected = new TreeMap<>();
      int last = 0;
      long value = 0;
      for (int entry = random.nextInt(6); entry >= 0; entry--) {
        last += random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(5);
        value += random.nextInt(3);
        expected.put(last, value);
      }
      BatchTable table =
          BatchTable.of(
              expected.keySet().stream().mapToInt(Integer::intValue).toArray(),
              expected.values().stream().mapToLong(Long::longValue).toArray());

      assertEquals(last, table.largestSize(), expected::toString);
      for (int size = 1; size <= last; size++) {
        assertEquals(expected.ceilingEntry(size).getValue(), table.value(size), expected::toString);
      }
      for (long limit = -1; limit <= value; limit++) {
        int largest = 0;
        for (Map.Entry<Integer, Long> entry : expected.entrySet()) {
          largest = entry.getValue() <= limit ? entry.getKey() : largest;
        }
        assertEquals(largest, table.largestSizeWithin(limit), expected::toString);
      }
    }
  }

  @Test
  void with_otherValues_keepsTheSizes() {
    BatchTable doubled = table("2 5", "3 4").with(value -> 2 * value);

    assertEquals(6, doubled.value(1));
    assertEquals(8, doubled.value(3));
    assertEquals(5, doubled.largestSize());
  }

  @Test
  void of_sizesOrValuesOutOfOrder_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> table("1 2", "2 1"));
    assertThrows(IllegalArgumentException.class, () -> table("1 3 3", "1 2 3"));
    assertThrows(IllegalArgumentException.class, () -> table("0 1", "1 2"));
    assertThrows(IllegalArgumentException.class, () -> table("1 2", "1"));
    assertThrows(IllegalArgumentException.class, () -> BatchTable.ofEach(new long[0]));
  }
}
