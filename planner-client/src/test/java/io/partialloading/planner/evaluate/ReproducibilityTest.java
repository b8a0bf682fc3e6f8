// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import static io.partialloading.planner.evaluate.TestFigures.ADAPTIVE;
import static io.partialloading.planner.evaluate.TestFigures.GEN;
import static io.partialloading.planner.evaluate.TestFigures.INDEPENDENT;
import static io.partialloading.planner.evaluate.TestFigures.figure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.scenario.PaperScenario;
import io.partialloading.planner.scenario.ScenarioConstants;
import io.partialloading.planner.scenario.SharingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations by the real planner. */
@NullUnmarked // what is not there fails the test
class ReproducibilityTest {
  private static final ScenarioConstants CONSTANTS = ScenarioConstants.paper();
  private static final Figure GENERAL =
      figure("general", List.of(small(20), small(40)), ADAPTIVE, GEN, INDEPENDENT);
  private static final Figure SUBSET = figure("subset", List.of(small(40)), ADAPTIVE, GEN);

  @TempDir private Path folder;
  private InProcessPlanner service;

  @BeforeEach
  void start() throws IOException {
    service = new InProcessPlanner();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void measure_byAnyNumberOfWorkers_writesTheSameBytes() throws Exception {
    String one = csv(1, 1, "one", GENERAL);
    assertEquals(one, csv(1, 2, "two", GENERAL));
    assertEquals(one, csv(1, 5, "five", GENERAL));
    assertNotEquals(one, csv(2, 2, "another-seed", GENERAL));
  }

  @Test
  void measure_amongOtherFigures_writesTheSameBytes() throws Exception {
    assertEquals(csv(1, 2, "alone", SUBSET), csv(1, 2, "together", SUBSET, GENERAL));
  }

  @Test
  void measure_byTheRealPlanner_isSound() throws Exception {
    Measured measured = measure(1, 2, "out", GENERAL);
    assertTrue(measured.isSound(), measured.offences()::toString);
    assertEquals(2 * 6 * 3, measured.checks().plans());
    Sample adaptive = measured.samples().get("users-40").get("adaptive");
    Sample independent = measured.samples().get("users-40").get("independent");
    assertEquals(6 * 40, adaptive.users());
    assertTrue(adaptive.served() > independent.served());
    assertTrue(adaptive.halfWidth() > 0 && adaptive.halfWidth() < adaptive.ratio());
  }

  /** The first figure's file, of six realisations. */
  private String csv(long seed, int workers, String out, Figure... figures) throws IOException {
    measure(seed, workers, out, figures);
    return Files.readString(folder.resolve(out).resolve(figures[0].id() + ".csv"));
  }

  private Measured measure(long seed, int workers, String out, Figure... figures)
      throws IOException {
    Campaign campaign = new Campaign(List.of(figures), 6, seed, "constants", "program", "here");
    try (SettingMeter meter = new SettingMeter(workers, Duration.ZERO)) {
      return new Evaluation(campaign, folder.resolve(out), meter, Progress.NONE)
          .measure(service.client());
    }
  }

  private static Setting small(int users) {
    PaperScenario scenario =
        new PaperScenario(SharingKind.GENERAL, users, 8, 100e6, Duration.ofMillis(200), 0.85);
    return new Setting(
        "users-" + users, users, seed -> scenario.realisation(CONSTANTS, seed), 1000, false);
  }
}
