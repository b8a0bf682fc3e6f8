// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.evaluate.Campaign;
import io.partialloading.planner.evaluate.Evaluation;
import io.partialloading.planner.evaluate.Measured;
import io.partialloading.planner.evaluate.MeasuringException;
import io.partialloading.planner.evaluate.Progress;
import io.partialloading.planner.evaluate.ReportSummary;
import io.partialloading.planner.evaluate.Results;
import io.partialloading.planner.evaluate.SettingMeter;
import io.partialloading.planner.v1.PlanRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * Measures a campaign, and says what came of it.
 *
 * @param folder where to write
 * @param command the command line that gives the same numbers
 */
record EvaluationRun(
    Campaign campaign,
    Path folder,
    String command,
    EvaluationParts parts,
    PlannerConnection connection) {

  /** Measures by a planner, writes everything, and returns the exit code. */
  int measure(PlannerClient planner) {
    Progress progress =
        Terminal.isInteractive(System.getenv())
            ? new ProgressBar(connection.out(), System::nanoTime)
            : new ProgressLines(connection.err(), System::nanoTime);
    int workers = Runtime.getRuntime().availableProcessors();
    try (SettingMeter meter = new SettingMeter(workers, parts.warmUp());
        Interruption unused = new Interruption(meter::stop)) {
      int exitCode = measure(new Evaluation(campaign, folder, meter, progress), planner);
      connection.out().flush();
      connection.err().flush();
      return exitCode;
    }
  }

  private int measure(Evaluation evaluation, PlannerClient planner) {
    try {
      Measured measured = evaluation.measure(planner);
      Results results = results(measured);
      parts.report().write(results, folder);
      PrintWriter out = connection.out();
      out.print(new ReportSummary(results, measured.offences()).print());
      out.println("The report is " + folder.resolve("report.html"));
      return measured.isSound() ? ExitCode.PLANNED : ExitCode.REFUSED;
    } catch (MeasuringException e) {
      int exitCode =
          connection.complain(
              new Named<>(String.valueOf(e.getMessage()), PlanRequest.getDefaultInstance()),
              e.reason());
      sayHowToGoOn(evaluation, "stopped");
      return exitCode;
    } catch (CancellationException e) {
      sayHowToGoOn(evaluation, "interrupted");
      return ExitCode.INTERRUPTED;
    } catch (IOException e) {
      connection.err().println(folder + ": cannot be written: " + RequestFile.reason(e));
      return ExitCode.USAGE;
    } catch (IllegalArgumentException e) {
      return connection.refuse(e.getMessage());
    }
  }

  private void sayHowToGoOn(Evaluation evaluation, String what) {
    connection
        .err()
        .println(
            "planner evaluate: %s; %d of %d settings are measured, and the same command goes on from there"
                .formatted(what, evaluation.measuredSettings(), evaluation.settings()));
  }

  private Results results(Measured measured) {
    String machine = Program.machine();
    return new Results(
        campaign.figures(),
        measured.samples(),
        campaign.realisations(),
        campaign.seed(),
        measured.checks(),
        measured.took(),
        connection.target() == null ? machine : machine + "; plans by " + connection.target(),
        command,
        campaign.constants());
  }
}
