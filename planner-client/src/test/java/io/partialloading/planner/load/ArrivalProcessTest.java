// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalProcessTest {
  private static final int CALLS = 100_000;

  @Test
  void uniform_isEvenAndDoesNotDrift() {
    long[] times = times(ArrivalProcess.UNIFORM, 3, 1);
    assertEquals(0, times[0]);
    assertEquals(333_333_333, times[1]);
    assertEquals(1_000_000_000, times[3]);
    assertEquals(33_333e9, (double) times[99_999], 1);
  }

  /** Gaps have the rate's mean, and a standard deviation as large. */
  @Test
  void poisson_hasExponentialGaps() {
    long[] times = times(ArrivalProcess.POISSON, 1000, 7);
    double mean = (double) times[CALLS - 1] / CALLS;
    double squares = 0;
    for (int i = 1; i < CALLS; i++) {
      assertTrue(times[i] >= times[i - 1]);
      squares += Math.pow(times[i] - times[i - 1] - mean, 2);
    }
    assertEquals(1e6, mean, 0.02e6);
    assertEquals(1e6, Math.sqrt(squares / CALLS), 0.02e6);
  }

  @Test
  void poisson_dependsOnTheSeedAlone() {
    LongSupplier first = ArrivalProcess.POISSON.times(10, 1);
    LongSupplier again = ArrivalProcess.POISSON.times(10, 1);
    LongSupplier other = ArrivalProcess.POISSON.times(10, 2);
    long time = first.getAsLong();
    assertEquals(time, again.getAsLong());
    assertNotEquals(time, other.getAsLong());
  }

  private static long[] times(ArrivalProcess process, double rate, long seed) {
    return LongStream.generate(process.times(rate, seed)).limit(CALLS).toArray();
  }
}
