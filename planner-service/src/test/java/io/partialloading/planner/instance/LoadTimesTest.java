// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles are written as their points, like {@code 10:20 30:40}: 10 bytes in 20 ns. */
class LoadTimesTest {
  private static final int MOST_BYTES = 12;

  private static TransferTime profile(String points) {
    String[] words = points.split(" ");
    return TransferTime.piecewiseLinear(numbers(words, 0), numbers(words, 1));
  }

  private static long[] numbers(String[] words, int part) {
    return Arrays.stream(words).mapToLong(word -> Long.parseLong(word.split(":")[part])).toArray();
  }

  private static boolean isSubadditive(TransferTime first, TransferTime second) {
    return new LoadTimes(first, second).isSubadditive(StopSignal.NEVER);
  }

  @ParameterizedTest
  @CsvSource({
    // One slope from the origin on.
    "10:20, true",
    // From steep to flat.
    "10:20 30:40, true",
    // A latency, nearly.
    "1:100 2:101, true",
    // From flat to steep.
    "10:20 20:50, false",
    // Nothing is for nothing, and then something is not.
    "10:0 20:1, false",
    // Flat, and steep again from 20 bytes on: twice 20 in 100 bounds the last slope.
    "10:40 20:50 30:75, true",
    "10:40 20:50 30:76, false",
    // Twice 10 bytes in 40 bounds the time of 20.
    "10:20 20:40 21:40, true",
    "10:20 20:41 21:41, false"
  })
  void isSubadditive_ofOneMeasuredStage_isWhetherNoLoadIsShorterInTwo(
      String points, boolean expected) {
    assertEquals(expected, isSubadditive(profile(points), TransferTime.NONE));
    assertEquals(expected, isSubadditive(TransferTime.NONE, profile(points)));
  }

  @Test
  void isSubadditive_ofTwoStages_isThatOfTheirSum() {
    TransferTime bent = profile("10:20 20:50");

    assertFalse(isSubadditive(bent, TransferTime.affine(9, 1e9)));
    assertTrue(isSubadditive(bent, profile("10:60 20:60")));
  }

  @Test
  void isSubadditive_affineProfile_isAlways() {
    assertTrue(isSubadditive(TransferTime.affine(5, 3e7), TransferTime.affine(0, 7e9)));
    assertTrue(isSubadditive(TransferTime.NONE, TransferTime.NONE));
  }

  @Test
  void isSubadditive_withALatencyOfTheOtherStage_forgivesABend() {
    // 10 ns more for 20 bytes than for twice 10, and none for more.
    TransferTime bent = profile("10:20 20:50 21:50");

    assertFalse(isSubadditive(bent, TransferTime.affine(9, 1e9)));
    assertTrue(isSubadditive(bent, TransferTime.affine(10, 1e9)));
  }

  @Test
  void time_ofAScaledProfile_isRoundedOnce() {
    // In doubles 1.75 ms times 1.1 are a little more than 1.925 ms, the others are not.
    long[] bytes = {500_000, 1_250_000, 1_750_000};
    TransferTime proportional = TransferTime.piecewiseLinear(bytes, bytes.clone());
    TransferTime scaled = ((TransferTime.PiecewiseLinear) proportional).scaled(1.1);

    assertTrue(isSubadditive(scaled, TransferTime.NONE));
    assertEquals(550_000, scaled.time(500_000));
    assertEquals(1_375_000, scaled.time(1_250_000));
    assertEquals(1_925_000, scaled.time(1_750_000));
    assertEquals(1_925_002, scaled.time(1_750_001));
  }

  @ParameterizedTest
  @CsvSource({"500, true", "501, false"})
  void isSubadditive_tooManyPoints_isNotRecognised(int points, boolean expected) {
    long[] bytes = LongStream.rangeClosed(1, points).toArray();
    long[] times = LongStream.rangeClosed(1, points).map(n -> 1000 + n).toArray();

    assertEquals(
        expected,
        isSubadditive(TransferTime.piecewiseLinear(bytes, times), TransferTime.affine(0, 1e9)));
  }

  @Test
  void isSubadditive_ofTheSamePointsInBothStages_countsThemOnce() {
    long[] bytes = LongStream.rangeClosed(1, 500).toArray();
    long[] times = LongStream.rangeClosed(1, 500).map(n -> 1000 + n).toArray();

    assertTrue(
        isSubadditive(
            TransferTime.piecewiseLinear(bytes, times),
            TransferTime.piecewiseLinear(bytes.clone(), times.clone())));
  }

  @Test
  void isSubadditive_askedAgain_isKnown() {
    LoadTimes known = new LoadTimes(profile("10:20 20:50"), TransferTime.NONE);

    assertThrows(CancellationException.class, () -> known.isSubadditive(Stop.cancelled()));
    assertFalse(known.isSubadditive(StopSignal.NEVER));
    assertFalse(known.isSubadditive(Stop.cancelled()));
  }

  @Test
  void isSubadditive_ofRandomProfiles_isThatOfAllPairsOfSmallLoads() {
    int subadditive = 0;
    int seeds = 20_000;
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      Stage first = Stage.draw(random);
      Stage second = Stage.draw(random);
      boolean expected = isSubadditiveForAllPairs(first, second);

      assertEquals(expected, isSubadditive(first.transfer(), second.transfer()), "seed " + seed);
      subadditive += expected ? 1 : 0;
    }
    assertTrue(subadditive > seeds / 10, subadditive + " are");
    assertTrue(subadditive < seeds * 9 / 10, subadditive + " are");
  }

  /** Times before rounding, beyond every sum of two points. */
  private static boolean isSubadditiveForAllPairs(Stage first, Stage second) {
    double[] times = new double[5 * MOST_BYTES];
    for (int bytes = 1; bytes < times.length; bytes++) {
      times[bytes] = first.time().applyAsDouble(bytes) + second.time().applyAsDouble(bytes);
    }
    for (int a = 1; a < times.length; a++) {
      for (int b = a; a + b < times.length; b++) {
        if (times[a + b] > times[a] + times[b] + 1e-9) {
          return false;
        }
      }
    }
    return true;
  }

  /** A transfer stage, and its time written down again. */
  private record Stage(TransferTime transfer, LongToDoubleFunction time) {
    static Stage draw(Random random) {
      if (random.nextInt(4) == 0) {
        long latency = random.nextInt(20);
        double nanosPerByte = 1 + random.nextInt(4);
        return new Stage(
            TransferTime.affine(latency, 1e9 / nanosPerByte),
            bytes -> latency + bytes * nanosPerByte);
      }
      long[] bytes =
          random.longs(1 + random.nextInt(4), 1, MOST_BYTES).distinct().sorted().toArray();
      long[] times = random.longs(bytes.length, 0, 40).sorted().toArray();
      return new Stage(
          TransferTime.piecewiseLinear(bytes, times), amount -> interpolated(bytes, times, amount));
    }

    private static double interpolated(long[] bytes, long[] times, long amount) {
      int to = 0;
      while (to < bytes.length - 1 && bytes[to] < amount) {
        to++;
      }
      double fromBytes = to == 0 ? 0 : bytes[to - 1];
      double fromTime = to == 0 ? 0 : times[to - 1];
      return fromTime + (amount - fromBytes) * (times[to] - fromTime) / (bytes[to] - fromBytes);
    }
  }
}
