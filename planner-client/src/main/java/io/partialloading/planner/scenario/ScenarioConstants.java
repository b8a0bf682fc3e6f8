// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the scenarios keep constant, and the values over which evaluations sweep. They stand in
 * {@code paper.properties}, each with where it comes from; whoever wants others changes a copy.
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
 * @param sweeps the values of swept parameters
 * @param small the setting that is small enough for exhaustive search
 * @param hard libraries of fine-tunes of one ancestor
 * @param lora libraries of one base model with adapters
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
    Map<ResNet, Compute> compute,
    Sweeps sweeps,
    Small small,
    Hard hard,
    Lora lora) {

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

  /**
   * The values of swept parameters, each list increasing and not empty.
   *
   * @param bandwidthsMhz bandwidths, in MHz
   * @param users numbers of users
   * @param latencyBudgetsMs latency budgets, in ms
   * @param sharingPercents average shares of layers shared, in per cent
   * @param slotsMs time slots, in ms
   * @param hardModels numbers of models of a hard library
   * @param loraAdapters numbers of adapters
   * @param prbCounts numbers of PRBs of a grid
   */
  public record Sweeps(
      List<BigDecimal> bandwidthsMhz,
      List<Integer> users,
      List<BigDecimal> latencyBudgetsMs,
      List<BigDecimal> sharingPercents,
      List<BigDecimal> slotsMs,
      List<Integer> hardModels,
      List<Integer> loraAdapters,
      List<Integer> prbCounts) {
    public Sweeps {
      bandwidthsMhz = List.copyOf(bandwidthsMhz);
      users = List.copyOf(users);
      latencyBudgetsMs = List.copyOf(latencyBudgetsMs);
      sharingPercents = List.copyOf(sharingPercents);
      slotsMs = List.copyOf(slotsMs);
      hardModels = List.copyOf(hardModels);
      loraAdapters = List.copyOf(loraAdapters);
      prbCounts = List.copyOf(prbCounts);
    }
  }

  /** A setting that exhaustive search can bear. */
  public record Small(int users, int models, Duration latencyBudget) {}

  /**
   * Fine-tunes of one ancestor.
   *
   * @param users number of users
   * @param latencyBudget latency budget
   * @param sharing average share of its layers that a model shares with the ancestor, 0 to 1
   */
  public record Hard(int users, Duration latencyBudget, double sharing) {}

  /**
   * One base model with low-rank adapters, kept in host memory.
   *
   * @param users number of users
   * @param latencyBudget latency budget
   * @param baseBytes size of the base model, in bytes
   * @param leastAdapterShare size of the smallest adapter over that of the base model
   * @param mostAdapterShare size of the largest adapter over that of the base model
   * @param loadBytesPerSecond rate from host memory to GPU
   * @param compute computing times
   */
  public record Lora(
      int users,
      Duration latencyBudget,
      long baseBytes,
      double leastAdapterShare,
      double mostAdapterShare,
      double loadBytesPerSecond,
      Compute compute) {

    /** The base model and the largest adapter, for which a runtime keeps room, in bytes. */
    long largestModelBytes() {
      return baseBytes + Math.max(1, Math.round(mostAdapterShare * baseBytes));
    }
  }

  /** The constants of a kind of library. */
  public Library library(SharingKind kind) {
    return Objects.requireNonNull(libraries.get(kind));
  }

  /** The computing times of a network. */
  public Compute compute(ResNet network) {
    return Objects.requireNonNull(compute.get(network));
  }

  /** GPU memory in which exactly the largest batch of a ResNet fits, in bytes. */
  public long gpuMemoryBytes() {
    return memoryFixedBytes + largestBatch * memoryBytesPerSample;
  }

  /** The constants of the paper's simulations. */
  public static ScenarioConstants paper() {
    try {
      return parse(paperText());
    } catch (InvalidConstantsException e) {
      throw new IllegalStateException("paper.properties", e);
    }
  }

  /** The file of these constants, to be copied and changed. */
  public static String paperText() {
    try (InputStream file =
        Objects.requireNonNull(ScenarioConstants.class.getResourceAsStream("paper.properties"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The constants of a file's text, a changed copy of {@link #paperText}.
   *
   * @throws InvalidConstantsException if it lacks a constant, or has one twice, of unknown name or
   *     of a value that is no number or out of range
   */
  public static ScenarioConstants parse(String text) throws InvalidConstantsException {
    return ConstantsReader.read(text);
  }
}
