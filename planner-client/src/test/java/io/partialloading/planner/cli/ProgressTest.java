// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Progress;
import io.partialloading.planner.evaluate.Setting;
import io.partialloading.planner.v1.PlanRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String WIPE = "\r\u001B[K";

  private final StringWriter written = new StringWriter();
  private long now = 5 * SECOND;

  @Test
  void lines_betweenFigures_comeNowAndThen() {
    Progress progress = new ProgressLines(new PrintWriter(written), () -> now);
    progress.begin(42, 2, 1000);
    progress.measuring(setting("bottom-layer-users-60"));
    for (int second = 0; second < 25; second++) {
      now += SECOND;
      progress.made(10);
    }
    progress.finished(figure("6a"));
    progress.end();
    assertEquals(
        """
        42 settings, 2 of them measured before, 1,000 plans to be made
        10 %, measuring bottom-layer-users-60, about 90 s left
        20 %, measuring bottom-layer-users-60, about 80 s left
        figure 6a done
        """,
        text());
  }

  @Test
  void lines_ofASingleSetting_sayOneSetting() {
    new ProgressLines(new PrintWriter(written, true), () -> now).begin(1, 0, 10);
    assertEquals("1 setting, 10 plans to be made\n", text());
  }

  @Test
  void bar_isDrawnOverItselfAndWiped() {
    Progress progress = new ProgressBar(new PrintWriter(written), () -> now);
    progress.begin(3, 0, 1000);
    progress.measuring(setting("a"));
    now += SECOND;
    progress.made(500);
    progress.made(1); // within the same tenth of a second
    progress.end();
    assertEquals(
        WIPE
            + "3 settings, 1,000 plans to be made\n"
            + WIPE
            + "[------------------------]   0 %  "
            + WIPE
            + "[------------------------]   0 %  a"
            + WIPE
            + "[############------------]  50 %  a, about 1 s left"
            + WIPE,
        text());
  }

  @Test
  void bar_isNarrowerThanATerminal() {
    Progress progress = new ProgressBar(new PrintWriter(written), () -> now);
    progress.begin(3, 0, 1000);
    progress.measuring(
        setting("a-setting-with-a-name-that-is-longer-than-all-the-others-there-are"));
    now += 1000 * SECOND;
    progress.made(1);
    for (String line : text().split("\r")) {
      assertTrue(line.replace("\u001B[K", "").length() < 80, line);
    }
  }

  @Test
  void left_ofNothing_isAllDone() {
    WorkLeft work = new WorkLeft(0, () -> now);
    assertEquals(100, work.percent());
    assertEquals("", work.left());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 99 s",
    "1.2, 119 s",
    "1.3, 2 min",
    "60, 99 min",
    "90, 2.5 h",
  })
  void left_isInTheUnitThatSuits(double secondsForOnePercent, String left) {
    WorkLeft work = new WorkLeft(100, () -> now);
    work.done(1);
    now += (long) (secondsForOnePercent * SECOND);
    assertEquals(", about " + left + " left", work.left());
  }

  @Test
  void terminal_thatIsDumbOrPlain_isNotDrawnOn() {
    assertFalse(Terminal.isInteractive(Map.of("TERM", "dumb")));
    assertFalse(Terminal.isInteractive(Map.of("TERM", "xterm", "NO_COLOR", "1")));
  }

  private String text() {
    return written.toString().replace(System.lineSeparator(), "\n");
  }

  private static Setting setting(String id) {
    return new Setting(id, 0, seed -> PlanRequest.getDefaultInstance(), 1, false);
  }

  private static Figure figure(String id) {
    return new Figure(id, "", "", "", Figure.Scale.LINEAR, List.of(), List.of(), List.of());
  }
}
