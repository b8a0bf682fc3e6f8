// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.MadeUpResults.INDEPENDENT;
import static io.partialloading.planner.evaluate.MadeUpResults.SPEC;
import static io.partialloading.planner.evaluate.MadeUpResults.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.evaluate.Comparison.Claimed;
import io.partialloading.planner.evaluate.Figure.Claim;
import io.partialloading.planner.evaluate.Figure.Scale;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Setting FEW = MadeUpResults.setting("few", 60, false);
  private static final Setting MANY = MadeUpResults.setting("many", 100, false);

  @Test
  void points_areTheDifferenceOfMeansOverSettings() {
    Claimed claimed = Comparison.claimed(results(new Claim("spec", "independent", 24))).get(0);

    // Spec serves 90 and 70 %, Independent 60 and 40 %.
    assertEquals(30, claimed.ours().points(), 1e-9);
    assertEquals(60, claimed.ours().relative(), 1e-9);
    assertEquals(2, claimed.ours().settings());
    assertEquals(6, claimed.difference(), 1e-9);
    assertTrue(claimed.isFarOff());
    assertEquals("more than 4 points off", claimed.remark());
  }

  @Test
  void differenceUpToFourPoints_isNotPointedOut() {
    for (double paper : new double[] {26.1, 30, 33.9}) {
      Claimed claimed = Comparison.claimed(results(new Claim("spec", "independent", paper))).get(0);
      assertFalse(claimed.isFarOff());
      assertEquals("", claimed.remark());
    }
  }

  @Test
  void differenceBelowThePaper_isPointedOutToo() {
    assertTrue(
        Comparison.claimed(results(new Claim("spec", "independent", 34.1))).get(0).isFarOff());
  }

  @Test
  void claimOfACurveThatTheFigureLacks_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Comparison.claimed(results(new Claim("spec", "gen", 1))));
  }

  @Test
  void table_hasOurNumbersBesideThePapers() {
    Table table = new ReportTables(results(new Claim("spec", "independent", 24))).claims();
    assertEquals(
        List.of(
            "6b",
            "PartialLoading Spec over Independent Loading",
            "24",
            "+30.0",
            "+6.0",
            "+60.0",
            "more than 4 points off"),
        table.rows().get(0).cells());
    assertTrue(table.rows().get(0).marked());
  }

  private static Results results(Claim claim) {
    Figure figure =
        new Figure(
            "6b",
            "title",
            "question",
            "Users",
            Scale.LINEAR,
            List.of(FEW, MANY),
            List.of(SPEC, INDEPENDENT),
            List.of(claim));
    return MadeUpResults.of(
        figure,
        Map.of(
            "few",
            Map.of("spec", sample(0.9, 0.01, 1), "independent", sample(0.6, 0.01, 1)),
            "many",
            Map.of("spec", sample(0.7, 0.01, 1), "independent", sample(0.4, 0.01, 1))));
  }
}
