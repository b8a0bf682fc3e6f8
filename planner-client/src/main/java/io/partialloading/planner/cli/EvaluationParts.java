package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Results;
import io.partialloading.planner.scenario.ScenarioConstants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What the evaluation is made of.
 *
 * @param constants reads a file of constants
 * @param figures the figures for constants
 * @param report writes the report
 * @param warmUp how long each curve of a timed setting is planned before it is measured
 */
record EvaluationParts(
    ConstantsReader constants,
    Function<ScenarioConstants, List<Figure>> figures,
    ReportWriter report,
    Duration warmUp) {
  /** Half a second is enough for planning times to settle. */
  static final EvaluationParts STANDARD =
      new EvaluationParts(
          file -> ScenarioConstants.paper(),
          constants -> List.of(),
          (results, folder) -> {},
          Duration.ofMillis(500));

  /** Reads constants. */
  interface ConstantsReader {
    /**
     * The constants in a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if they cannot be used; the message may have several lines
     */
    ScenarioConstants read(Path file) throws IOException;
  }

  /** Writes a report. */
  interface ReportWriter {
    /** Writes the files of a report into a folder that exists. */
    void write(Results results, Path folder) throws IOException;
  }
}
