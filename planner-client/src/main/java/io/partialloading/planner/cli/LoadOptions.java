// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.load.ArrivalProcess;
import io.partialloading.planner.load.Load;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how much is asked, and for how long. */
final class LoadOptions {
  private static final Duration RUN = Duration.ofSeconds(10);
  private static final Duration RUN_WARM_UP = Duration.ofSeconds(2);
  private static final Duration TRIAL = Duration.ofSeconds(3);
  private static final Duration TRIAL_WARM_UP = Duration.ofSeconds(1);

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "100",
      description =
          "Calls due a second; with --find-peak, the first rate tried. Default: ${DEFAULT-VALUE}.")
  private double rate = 100;

  @Option(
      names = "--arrivals",
      paramLabel = "poisson|uniform",
      defaultValue = "poisson",
      description =
          "Times between calls: independent of each other, or alike. Default: ${DEFAULT-VALUE}.")
  private ArrivalProcess arrivals = ArrivalProcess.POISSON;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description =
          "How long calls are made that count. Default: 10s, and 3s a trial of --find-peak.")
  private @Nullable Duration duration;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description =
          "How long calls are made before, which do not count. Default: 2s, and 1s a trial of"
              + " --find-peak.")
  private @Nullable Duration warmUp;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "1",
      description = "Connections to each server. Default: ${DEFAULT-VALUE}.")
  private int connections = 1;

  @Option(
      names = "--max-under-way",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Most calls that wait for an answer at once; calls due beyond are not made and count as"
              + " failed. Default: ${DEFAULT-VALUE}.")
  private int maxUnderWay = 10_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the times of poisson arrivals. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /**
   * The load.
   *
   * @param trial whether it is one of many trials
   * @throws ChannelOptions.UsageException if a number is out of range
   */
  Load load(boolean trial) throws ChannelOptions.UsageException {
    if (connections < 1) {
      throw new ChannelOptions.UsageException("--connections must be at least 1: " + connections);
    }
    try {
      return new Load(
          arrivals,
          rate,
          Objects.requireNonNullElse(warmUp, trial ? TRIAL_WARM_UP : RUN_WARM_UP),
          Objects.requireNonNullElse(duration, trial ? TRIAL : RUN),
          maxUnderWay,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ChannelOptions.UsageException(String.valueOf(e.getMessage()));
    }
  }

  int connections() {
    return connections;
  }
}
