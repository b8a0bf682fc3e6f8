package io.partialloading.planner.server;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import io.partialloading.planner.wire.Limits;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the server: an option for each setting, with an environment variable behind
 * it.
 */
@Command(
    name = "planner-service",
    mixinStandardHelpOptions = true,
    versionProvider = ServeCommand.Version.class,
    sortOptions = false,
    description = "Serves " + PlannerServiceGrpc.SERVICE_NAME + " until it is told to stop.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0    help was printed",
      "  1    the address cannot be listened on",
      "  2    an option or environment variable is wrong",
      "  143  stopped by SIGTERM, calls in progress answered"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--address",
      paramLabel = "HOST",
      defaultValue = "${env:PLANNER_ADDRESS:-127.0.0.1}",
      description = "Host name or IP address to listen on (PLANNER_ADDRESS; 127.0.0.1).")
  private String address = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:PLANNER_PORT:-50051}",
      description = "Port to listen on, 0 for any that is free (PLANNER_PORT; 50051).")
  private int port;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_DRAIN_SECONDS:-20}",
      description =
          "How long calls in progress may go on after SIGTERM (PLANNER_DRAIN_SECONDS; 20).")
  private int drainSeconds;

  @Option(
      names = "--max-users",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_USERS:-20000}",
      description = "Most users in a request (PLANNER_MAX_USERS; 20000).")
  private int maxUsers;

  @Option(
      names = "--max-models",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_MODELS:-5000}",
      description = "Most models in a library (PLANNER_MAX_MODELS; 5000).")
  private int maxModels;

  @Option(
      names = "--max-blocks",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_BLOCKS:-200000}",
      description = "Most blocks in a library (PLANNER_MAX_BLOCKS; 200000).")
  private int maxBlocks;

  @Option(
      names = "--max-block-references",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_BLOCK_REFERENCES:-1000000}",
      description =
          "Most block ids of all models together (PLANNER_MAX_BLOCK_REFERENCES; 1000000).")
  private int maxBlockReferences;

  @Option(
      names = "--max-table-entries",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_TABLE_ENTRIES:-1000000}",
      description =
          "Most entries of a library's latency and memory tables together, and most points of"
              + " both transfer profiles (PLANNER_MAX_TABLE_ENTRIES; 1000000).")
  private int maxTableEntries;

  @Option(
      names = "--max-message-bytes",
      paramLabel = "N",
      defaultValue = "${env:PLANNER_MAX_MESSAGE_BYTES:-67108864}",
      description = "Largest request on the wire (PLANNER_MAX_MESSAGE_BYTES; 67108864).")
  private int maxMessageBytes;

  /** The settings that the options state. */
  Settings settings() {
    try {
      return new Settings(
          address,
          port,
          Duration.ofSeconds(drainSeconds),
          new Limits(
              maxUsers,
              maxModels,
              maxBlocks,
              maxBlockReferences,
              maxTableEntries,
              maxMessageBytes));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    CommandLine commandLine = spec.commandLine();
    String host =
        settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
    try {
      settings.socketAddress();
    } catch (UnknownHostException e) {
      throw new ParameterException(commandLine, "address " + settings.address() + " is unknown", e);
    }
    ServerLife life =
        Guice.createInjector(Stage.PRODUCTION, new ServerModule(settings))
            .getInstance(ServerLife.class);
    int boundPort;
    try {
      boundPort = life.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      commandLine
          .getErr()
          .printf(
              "planner-service: cannot listen on %s:%d: %s%n",
              host, settings.port(), reason.getMessage());
      return PlannerServer.CANNOT_SERVE;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(life::stop, "stop"));
    commandLine
        .getOut()
        .printf("serving %s on %s:%d%n", PlannerServiceGrpc.SERVICE_NAME, host, boundPort);
    commandLine.getOut().flush();
    life.awaitStop();
    return 0;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = ServeCommand.class.getPackage().getImplementationVersion();
      return new String[] {"planner-service " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
