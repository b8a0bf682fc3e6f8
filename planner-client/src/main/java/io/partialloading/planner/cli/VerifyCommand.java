// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.show.JudgementTable;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.VerifyScheduleRequest;
import io.partialloading.planner.v1.VerifyScheduleResponse;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a schedule for a request, whoever made it. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = "Judges a schedule for a request by every constraint, and times it anew.",
    footer = {
      "",
      "Exit codes: 0 feasible; 1 infeasible, or the request was refused; 2 wrong usage or unreadable",
      "input; 3 server unreachable or deadline passed.",
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "REQUEST",
      description =
          "A PlanRequest: binary if the name ends in .binpb, otherwise proto3 JSON; - is JSON from"
              + " standard input.")
  private String requestFile = "";

  @Parameters(
      index = "1",
      paramLabel = "SCHEDULE",
      description =
          "A Schedule, or a PlanResponse that has one, such as plan --output=json prints; in the same"
              + " forms.")
  private String scheduleFile = "";

  @Mixin private PlannerConnection connection;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people. json is the VerifyScheduleResponse as one line of proto3 JSON,"
              + " without fields that have their default value. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  private boolean feasible;

  VerifyCommand(PlannerConnection connection) {
    this.connection = connection;
  }

  @Override
  public Integer call() {
    RequestFile file = new RequestFile(scheduleFile);
    if (spec != null
        && file.isStandardStream()
        && new RequestFile(requestFile).isStandardStream()) {
      throw new ParameterException(
          spec.commandLine(), "REQUEST and SCHEDULE cannot both be standard input");
    }
    Schedule schedule;
    try {
      schedule = file.readSchedule(connection.in());
    } catch (RequestFile.UnreadableException e) {
      connection.err().println(file.displayName() + ": " + e.getMessage());
      return ExitCode.USAGE;
    }
    int exitCode =
        connection.askAbout(
            List.of(requestFile), (planner, request) -> verify(planner, request, schedule));
    return exitCode == ExitCode.PLANNED && !feasible ? ExitCode.REFUSED : exitCode;
  }

  private void verify(PlannerClient planner, RequestFile file, Schedule schedule)
      throws RequestFile.UnreadableException {
    PlanRequest request = file.read(connection.in());
    VerifyScheduleResponse judgement =
        planner.verify(
            VerifyScheduleRequest.newBuilder().setRequest(request).setSchedule(schedule).build());
    feasible = judgement.getFeasible();
    String title = request.getLabel().isEmpty() ? file.displayName() : request.getLabel();
    JudgementTable table = new JudgementTable(request, judgement);
    connection.out().print(output.of(judgement, () -> table.print(title)));
  }
}
