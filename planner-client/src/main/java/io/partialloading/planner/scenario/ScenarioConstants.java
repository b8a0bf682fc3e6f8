package io.partialloading.planner.scenario;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * What the scenarios keep constant. The values stand in {@code paper.properties}, each with where
 * it comes from.
 *
 * @param cellRadiusM radius of the disc of users, in m
 * @param transmitPsdWPerHz transmit power spectral density of a user, in W/Hz
 * @param noisePsdWPerHz noise power spectral density, in W/Hz
 * @param pathLossExponent path-loss exponent
 * @param uploadBytes what each user uploads, in bytes
 * @param users the default number of users
 * @param bandwidthHz the default bandwidth, in Hz
 * @param latencyBudget the default latency budget
 * @param sharing the default share of layers shared, 0 to 1
 * @param sharingSpread how far a model's own share may be from the average, either way
 * @param classes number of classes of the fine-tuned models
 * @param largestBatch largest batch that fits in GPU memory, in users
 * @param memoryFixedBytes memory of a model whatever the batch, in bytes
 * @param memoryBytesPerSample memory that each sample adds, in bytes
 * @param libraries what depends on the kind of sharing
 * @param compute computing times by network
 */
public record ScenarioConstants(
    double cellRadiusM,
    double transmitPsdWPerHz,
    double noisePsdWPerHz,
    double pathLossExponent,
    long uploadBytes,
    int users,
    double bandwidthHz,
    Duration latencyBudget,
    double sharing,
    double sharingSpread,
    int classes,
    int largestBatch,
    long memoryFixedBytes,
    long memoryBytesPerSample,
    Map<SharingKind, Library> libraries,
    Map<ResNet, Compute> compute) {

  public ScenarioConstants {
    libraries = Map.copyOf(libraries);
    compute = Map.copyOf(compute);
  }

  /**
   * A library's constants.
   *
   * @param models the default number of models
   * @param loadBytesPerSecond rate from storage to GPU, both stages together
   */
  public record Library(int models, double loadBytesPerSecond) {}

  /** Computing times of a network: of a batch, and of each sample in it. */
  public record Compute(Duration perBatch, Duration perSample) {}

  /** The constants of a kind of library. */
  public Library library(SharingKind kind) {
    return Objects.requireNonNull(libraries.get(kind));
  }

  /** The computing times of a network. */
  public Compute compute(ResNet network) {
    return Objects.requireNonNull(compute.get(network));
  }

  /** GPU memory in which exactly the largest batch fits, in bytes. */
  public long gpuMemoryBytes() {
    return memoryFixedBytes + largestBatch * memoryBytesPerSample;
  }

  /** The constants of the paper's simulations. */
  public static ScenarioConstants paper() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(ScenarioConstants.class.getResourceAsStream("paper.properties")),
            StandardCharsets.UTF_8)) {
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScenarioConstants read(Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    Values values = new Values(properties);
    Map<SharingKind, Library> libraries = new EnumMap<>(SharingKind.class);
    for (SharingKind kind : SharingKind.values()) {
      libraries.put(kind, values.library(kind.id()));
    }
    Map<ResNet, Compute> compute = new EnumMap<>(ResNet.class);
    for (ResNet network : ResNet.values()) {
      compute.put(
          network,
          new Compute(
              values.milliseconds(network.id() + ".compute-ms-per-batch"),
              values.milliseconds(network.id() + ".compute-ms-per-sample")));
    }
    return new ScenarioConstants(
        values.real("cell.radius-m"),
        values.real("transmit.psd-w-per-hz"),
        wattPerHertz(values.real("noise.psd-dbm-per-hz")),
        values.real("path-loss.exponent"),
        values.number("upload.bytes").longValueExact(),
        values.number("default.users").intValueExact(),
        values.number("default.bandwidth-mhz").scaleByPowerOfTen(6).doubleValue(),
        values.milliseconds("default.latency-budget-ms"),
        values.number("default.sharing-percent").scaleByPowerOfTen(-2).doubleValue(),
        values.number("library.sharing-spread-points").scaleByPowerOfTen(-2).doubleValue(),
        values.number("library.classes").intValueExact(),
        values.number("memory.largest-batch").intValueExact(),
        values.number("memory.fixed-bytes").longValueExact(),
        values.number("memory.bytes-per-sample").longValueExact(),
        libraries,
        compute);
  }

  /** dBm are decibels over a milliwatt. StrictMath: the same on every machine. */
  private static double wattPerHertz(double dbmPerHertz) {
    return StrictMath.pow(10, dbmPerHertz / 10) / 1000;
  }

  private record Values(Properties properties) {
    /** Decimal, so that what the file says arrives exactly. */
    BigDecimal number(String key) {
      String value = properties.getProperty(key);
      if (value == null) {
        throw new IllegalStateException("paper.properties lacks " + key);
      }
      return new BigDecimal(value.strip());
    }

    double real(String key) {
      return number(key).doubleValue();
    }

    Duration milliseconds(String key) {
      return Duration.ofNanos(number(key).scaleByPowerOfTen(6).longValueExact());
    }

    Library library(String kind) {
      return new Library(
          number(kind + ".models").intValueExact(), real(kind + ".load-bytes-per-second"));
    }
  }
}
