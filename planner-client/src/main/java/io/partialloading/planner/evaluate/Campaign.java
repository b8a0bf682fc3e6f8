// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to be measured, and all that decides the numbers. The same campaign has the same numbers,
 * planning times aside.
 *
 * @param figures the figures
 * @param realisations how many requests are drawn at each setting, unless it says fewer itself; 1
 *     to {@value #MOST_REALISATIONS}
 * @param seed decides which
 * @param constants the text of the constants that the figures were made from
 * @param program version of the program
 * @param planner which planner is asked
 */
public record Campaign(
    List<Figure> figures,
    int realisations,
    long seed,
    String constants,
    String program,
    String planner) {
  /** The largest number of realisations. */
  public static final int MOST_REALISATIONS = 100_000;

  private static final long SEEDS = 1_000_000;

  public Campaign {
    if (realisations < 1 || realisations > MOST_REALISATIONS) {
      throw new IllegalArgumentException(
          "the number of realisations must be 1 to " + MOST_REALISATIONS + ": " + realisations);
    }
    figures = List.copyOf(figures);
  }

  /**
   * The seed that a realisation is drawn by: the realisation's number where the campaign's seed is
   * 1, a million more where it is 2, and so on.
   *
   * @param realisation from 1
   */
  long seedOf(int realisation) {
    return (seed - 1) * SEEDS + realisation;
  }

  /** How many requests are drawn at a setting. */
  int realisationsOf(Setting setting) {
    return Math.min(realisations, setting.mostRealisations());
  }

  /** What decides a setting's numbers. */
  Conditions conditionsOf(Setting setting) {
    return new Conditions(
        seed, realisationsOf(setting), sha256(constants.getBytes(UTF_8)), program, planner);
  }

  /** A digest of bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
