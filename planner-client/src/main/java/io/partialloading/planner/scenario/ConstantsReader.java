// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.util.EnumMap;
import java.util.Map;

/**
 * Reads constants by their keys. Within the ranges no request that is drawn is larger than a
 * planner's default limits, and no budget has more slots than it takes. Radios can still be so poor
 * that a planner refuses them.
 */
final class ConstantsReader {
  private static final String MOST_USERS = "10000";
  private static final String MOST_MODELS = "1000";
  private static final String MOST_BUDGET_MS = "10000";
  private static final String MOST_BYTES = "1e12";
  private static final String LEAST_BYTES_PER_SECOND = "1e6";
  private static final String MOST_BYTES_PER_SECOND = "1e15";
  private static final String MOST_COMPUTE_MS = "1e6";
  private static final String MOST_BANDWIDTH_MHZ = "1e6";

  private final NumberReader numbers;

  private ConstantsReader(NumberReader numbers) {
    this.numbers = numbers;
  }

  /** As {@link ScenarioConstants#parse}. */
  static ScenarioConstants read(String text) throws InvalidConstantsException {
    NumberReader numbers = new NumberReader(text);
    ScenarioConstants constants = new ConstantsReader(numbers).constants();
    numbers.finish();
    return constants;
  }

  private ScenarioConstants constants() {
    Map<SharingKind, ScenarioConstants.Library> libraries = new EnumMap<>(SharingKind.class);
    for (SharingKind kind : SharingKind.values()) {
      libraries.put(kind, library(kind.id()));
    }
    Map<ResNet, ScenarioConstants.Compute> compute = new EnumMap<>(ResNet.class);
    for (ResNet network : ResNet.values()) {
      compute.put(network, compute(network.id()));
    }
    return new ScenarioConstants(
        numbers.real("cell.radius-m", "1", "1e6"),
        numbers.real("transmit.psd-w-per-hz", "1e-30", "1e-3"),
        wattPerHertz(numbers.real("noise.psd-dbm-per-hz", "-200", "0")),
        numbers.real("path-loss.exponent", "0", "10"),
        numbers.wholeLong("upload.bytes", "1", MOST_BYTES),
        users("default.users"),
        numbers
            .number("default.bandwidth-mhz", "1e-6", MOST_BANDWIDTH_MHZ)
            .scaleByPowerOfTen(6)
            .doubleValue(),
        numbers.milliseconds("default.latency-budget-ms", "1", MOST_BUDGET_MS),
        percent("default.sharing-percent"),
        percent("library.sharing-spread-points"),
        numbers.whole("library.classes", "1", "1e6"),
        numbers.whole("memory.largest-batch", "1", MOST_USERS),
        numbers.wholeLong("memory.fixed-bytes", "0", "1e14"),
        numbers.wholeLong("memory.bytes-per-sample", "1", "1e14"),
        libraries,
        compute,
        sweeps(),
        new ScenarioConstants.Small(
            numbers.whole("small.users", "1", "20"),
            numbers.whole("small.models", "1", "5"),
            numbers.milliseconds("small.latency-budget-ms", "1", MOST_BUDGET_MS)),
        new ScenarioConstants.Hard(
            users("hard.users"),
            numbers.milliseconds("hard.latency-budget-ms", "1", MOST_BUDGET_MS),
            percent("hard.sharing-percent")),
        lora());
  }

  private ScenarioConstants.Sweeps sweeps() {
    return new ScenarioConstants.Sweeps(
        numbers.increasing("sweep.bandwidth-mhz", "1e-6", MOST_BANDWIDTH_MHZ),
        numbers.increasingWhole("sweep.users", "1", MOST_USERS),
        numbers.increasingMilliseconds("sweep.latency-budget-ms", "1", MOST_BUDGET_MS),
        numbers.increasing("sweep.sharing-percent", "0", "100"),
        numbers.increasingMilliseconds("sweep.slot-ms", "1", MOST_BUDGET_MS),
        numbers.increasingWhole("sweep.hard-models", "1", MOST_MODELS),
        numbers.increasingWhole("sweep.lora-adapters", "1", MOST_MODELS),
        numbers.increasingWhole("sweep.prbs", "1", "65536"));
  }

  private ScenarioConstants.Lora lora() {
    double least = percent("lora.least-adapter-percent");
    double most = percent("lora.most-adapter-percent");
    if (least > most) {
      numbers.fault("lora.least-adapter-percent is above lora.most-adapter-percent");
    }
    return new ScenarioConstants.Lora(
        users("lora.users"),
        numbers.milliseconds("lora.latency-budget-ms", "1", MOST_BUDGET_MS),
        numbers.wholeLong("lora.base-bytes", "1", MOST_BYTES),
        least,
        most,
        numbers.real("lora.load-bytes-per-second", LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND),
        compute("lora"));
  }

  private ScenarioConstants.Library library(String kind) {
    return new ScenarioConstants.Library(
        numbers.whole(kind + ".models", "1", MOST_MODELS),
        numbers.real(
            kind + ".load-bytes-per-second", LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND));
  }

  private ScenarioConstants.Compute compute(String model) {
    return new ScenarioConstants.Compute(
        numbers.milliseconds(model + ".compute-ms-per-batch", "0", MOST_COMPUTE_MS),
        numbers.milliseconds(model + ".compute-ms-per-sample", "0", MOST_COMPUTE_MS));
  }

  private int users(String key) {
    return numbers.whole(key, "1", MOST_USERS);
  }

  private double percent(String key) {
    return numbers.percent(key, "0", "100");
  }

  /** dBm are decibels over a milliwatt. StrictMath: the same on every machine. */
  private static double wattPerHertz(double dbmPerHertz) {
    return StrictMath.pow(10, dbmPerHertz / 10) / 1000;
  }
}
