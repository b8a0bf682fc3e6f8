// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.partialloading.planner.settings.Settings;
import io.partialloading.planner.settings.SettingsOptions;
import io.partialloading.planner.telemetry.LogOutput;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the server. */
@Command(
    name = "planner-service",
    mixinStandardHelpOptions = true,
    versionProvider = ServeCommand.Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = {
      "Serves " + PlannerServiceGrpc.SERVICE_NAME + " until it is told to stop.",
      "Each setting is a flag or, where there is none, an environment variable; in parentheses the"
          + " variable and the default."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0    help or the settings were printed",
      "  1    an address cannot be listened on",
      "  2    a setting is wrong",
      "  143  stopped by SIGTERM, 130 by SIGINT; calls in progress answered, or cut off after the"
          + " drain time"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--print-config",
      description = "Print every setting and where it comes from, and exit.")
  private boolean printConfig;

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() throws InterruptedException {
    Settings settings;
    try {
      settings = options.settings(spec);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    if (printConfig) {
      options.print(spec, spec.commandLine().getOut());
      return 0;
    }
    try (LogOutput log = LogOutput.install(settings.telemetry().logging(), System.err)) {
      return serve(module(settings));
    }
  }

  private ServerModule module(Settings settings) {
    try {
      return new ServerModule(settings);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
  }

  private int serve(ServerModule module) throws InterruptedException {
    ServerLife life = Guice.createInjector(Stage.PRODUCTION, module).getInstance(ServerLife.class);
    Runtime.getRuntime().addShutdownHook(new Thread(life::stop, "stop"));
    CommandLine commandLine = spec.commandLine();
    try {
      life.start(commandLine.getOut());
    } catch (IOException e) {
      life.stop();
      commandLine.getErr().printf("planner-service: %s%n", e.getMessage());
      return PlannerServer.CANNOT_SERVE;
    }
    life.awaitStop();
    return 0;
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    static String get() {
      String version = ServeCommand.class.getPackage().getImplementationVersion();
      return version == null ? "(unpackaged)" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"planner-service " + get()};
    }
  }
}
