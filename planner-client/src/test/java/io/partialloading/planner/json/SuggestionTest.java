// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> NAMES =
      List.of(
          "uplinkMcs",
          "meanUplinkMcs",
          "uplinkSinrDb",
          "userId",
          "id",
          "partial-loading-gen",
          "partial-loading-spec",
          "m1");

  @ParameterizedTest
  @CsvSource({
    // The same but for case and hyphens.
    "uplinkmcs, uplinkMcs",
    "uplink_mcs, uplinkMcs",
    "PARTIAL_LOADING_GEN, partial-loading-gen",
    // Dropped, inserted, replaced, swapped.
    "uplinkMc, uplinkMcs",
    "uplinkkMcs, uplinkMcs",
    "uplonkMcs, uplinkMcs",
    "upilnkMcs, uplinkMcs",
    "usreId, userId",
    "uplinkSnr, uplinkSinrDb",
    // The closest, though others are close.
    "meanUplinkMsc, meanUplinkMcs",
    "partial-loading-sec, partial-loading-spec",
    // A part of one name only.
    "gen, partial-loading-gen",
    "mean, meanUplinkMcs",
    "theUserIdOfTheUser, userId",
    // Nothing close, a part of several, too short to say, a name itself.
    "colour, ''",
    "mcs, ''",
    "partial, ''",
    "m2, ''",
    "x, ''",
    "'', ''",
    "uplinkMcs, ''",
  })
  void suggestion_isTheClosestName(String text, String expected) {
    String question = expected.isEmpty() ? "" : "; did you mean " + expected + "?";
    assertEquals(question, Suggestion.of(text, NAMES));
  }
}
