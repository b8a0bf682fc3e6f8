// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Figure;
import io.partialloading.planner.evaluate.Figures;
import io.partialloading.planner.evaluate.Report;
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
 * @param figures the figures for constants
 * @param report writes the report
 * @param warmUp how long each curve of a timed setting is planned before it is measured
 */
record EvaluationParts(
    Function<ScenarioConstants, List<Figure>> figures, ReportWriter report, Duration warmUp) {
  /** A fifth of a second for each curve of each setting is enough for planning times to settle. */
  static final EvaluationParts STANDARD =
      new EvaluationParts(Figures::all, Report::write, Duration.ofMillis(200));

  /** Writes a report. */
  interface ReportWriter {
    /** Writes the files of a report into a folder. */
    void write(Results results, Path folder) throws IOException;
  }
}
