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

/** Judges schedules for requests, whoever made them. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = PlannerCommand.Version.class,
    description = {
      "Judges a schedule for a request by every constraint, and times it anew.",
      "",
      "Of several requests in REQUEST the first is judged with the first schedule in SCHEDULE, and so on.",
    },
    footer = {
      "",
      "Exit codes: 0 all feasible; 1 some infeasible, or some request refused; 2 wrong usage or unreadable",
      "input, in which case nothing is judged; 3 server unreachable or deadline passed. The highest applies.",
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "REQUEST",
      description =
          "PlanRequests: one in binary if the name ends in .binpb, otherwise any number in JSON, one"
              + " after another; - is JSON from standard input.")
  private String requestFile = "";

  @Parameters(
      index = "1",
      paramLabel = "SCHEDULE",
      description =
          "As many Schedules, or PlanResponses that have one, such as plan --output=json prints; in"
              + " the same forms.")
  private String scheduleFile = "";

  @Mixin private PlannerConnection connection;

  @Option(
      names = "--output",
      paramLabel = "table|json",
      defaultValue = "table",
      description =
          "table is for people. json is one VerifyScheduleResponse a line as proto3 JSON,"
              + " without fields that have their default value. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output = OutputFormat.TABLE;

  private boolean infeasible;

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
    List<Named<PlanRequest>> requests;
    List<Named<Schedule>> schedules;
    try {
      schedules = file.readAll(Contents.SCHEDULES, connection.in());
      requests = new RequestFile(requestFile).readAll(Contents.REQUESTS, connection.in());
    } catch (UnreadableException e) {
      return connection.complain(e);
    }
    if (requests.size() != schedules.size()) {
      connection
          .err()
          .println(
              "%s: holds %d schedules for %d requests; each request takes one, in the same order"
                  .formatted(file.displayName(), schedules.size(), requests.size()));
      return ExitCode.USAGE;
    }
    return connection.connect(client -> verify(client, requests, schedules));
  }

  private int verify(
      PlannerClient planner, List<Named<PlanRequest>> requests, List<Named<Schedule>> schedules) {
    int exitCode = ExitCode.PLANNED;
    for (int i = 0; i < requests.size(); i++) {
      Schedule schedule = schedules.get(i).message();
      int one =
          connection.ask(
              requests.get(i), (client, input) -> verify(client, input, schedule), planner);
      exitCode = Math.max(exitCode, one);
    }
    return infeasible ? Math.max(exitCode, ExitCode.REFUSED) : exitCode;
  }

  private void verify(PlannerClient planner, Named<PlanRequest> input, Schedule schedule) {
    PlanRequest request = input.message();
    VerifyScheduleResponse judgement =
        planner.verify(
            VerifyScheduleRequest.newBuilder().setRequest(request).setSchedule(schedule).build());
    infeasible |= !judgement.getFeasible();
    String title = request.getLabel().isEmpty() ? input.name() : request.getLabel();
    JudgementTable table = new JudgementTable(request, judgement);
    connection.out().print(output.of(judgement, () -> table.print(title)));
  }
}
