// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioConstantsTest {
  private static final String PAPER = ScenarioConstants.paperText();

  @Test
  void parse_ofTheUnchangedFile_givesThePapersConstants() throws Exception {
    assertEquals(ScenarioConstants.paper(), ScenarioConstants.parse(PAPER));
  }

  @Test
  void paper_hasTheValuesOfTheFile() {
    ScenarioConstants paper = ScenarioConstants.paper();
    assertEquals(3.981071705535e-21, paper.noisePsdWPerHz(), 1e-32);
    assertEquals(200e6, paper.bandwidthHz());
    assertEquals(0.05, paper.sharingSpread());
    assertEquals(Duration.ofNanos(160_000), paper.compute(ResNet.RESNET_34).perSample());
    assertEquals(2.5e9, paper.library(SharingKind.BOTTOM_LAYER).loadBytesPerSecond());
    assertEquals(4_200_000_000L, paper.gpuMemoryBytes());
    assertEquals(List.of(60, 70, 80, 90, 100), paper.sweeps().users());
    assertEquals(new ScenarioConstants.Small(20, 5, Duration.ofMillis(200)), paper.small());
    assertEquals(14_000_000_000L, paper.lora().baseBytes());
  }

  @Test
  void parse_ofAChangedFile_givesItsValues() throws Exception {
    ScenarioConstants changed =
        ScenarioConstants.parse(
            changed("default.users", "81")
                .replaceFirst("sweep.slot-ms .*", "sweep.slot-ms: 1.5,2")
                .replaceFirst(
                    "resnet18.compute-ms-per-batch .*", "resnet18.compute-ms-per-batch=0"));
    assertEquals(81, changed.users());
    assertEquals(List.of(new BigDecimal("1.5"), new BigDecimal("2")), changed.sweeps().slotsMs());
    assertEquals(Duration.ZERO, changed.compute(ResNet.RESNET_18).perBatch());
    assertNotEquals(ScenarioConstants.paper(), changed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cell.radius-m | wide | cell.radius-m = wide is not a number",
        "cell.radius-m | '' | cell.radius-m =  is not a number",
        "cell.radius-m | NaN | cell.radius-m = NaN is not a number",
        "cell.radius-m | 250 m | cell.radius-m = 250 m is not a number",
        "cell.radius-m | 0 | cell.radius-m = 0 is not from 1 to 1e6",
        "default.users | 80.5 | default.users = 80.5 is not a whole number",
        "default.users | 1e999999999 | default.users = 1e999999999 is not from 1 to 10000",
        "default.users | 0 | default.users = 0 is not from 1 to 10000",
        "default.sharing-percent | 101 | default.sharing-percent = 101 is not from 0 to 100",
        "default.sharing-percent | 1e-999 |"
            + " default.sharing-percent = 1e-999 has more than 100 decimals",
        "default.latency-budget-ms | 1.0000001 |"
            + " default.latency-budget-ms = 1.0000001 is not a whole number of nanoseconds",
        "sweep.slot-ms | 1, 2.0000001 |"
            + " sweep.slot-ms = 2.0000001 is not a whole number of nanoseconds",
        "sweep.latency-budget-ms | 500.0000001 |"
            + " sweep.latency-budget-ms = 500.0000001 is not a whole number of nanoseconds",
        "sweep.users | 60, 70.5 | sweep.users = 70.5 is not a whole number",
        "sweep.users | 60, | sweep.users =  is not a number",
        "sweep.users | 60, 60 | sweep.users: 60 is not larger than the number before it",
        "sweep.users | 60, 20000 | sweep.users = 20000 is not from 1 to 10000",
        "small.users | 21 | small.users = 21 is not from 1 to 20",
        "lora.least-adapter-percent | 5 |"
            + " lora.least-adapter-percent is above lora.most-adapter-percent",
      })
  void parse_ofAWrongValue_namesKeyAndValue(String key, String value, String fault) {
    assertEquals(List.of(fault), faults(changed(key, value)));
  }

  @Test
  void parse_namesEveryFaultAtOnce() {
    String text =
        changed("cell.radius-m", "wide")
                .replaceFirst("upload.bytes .*", "")
                .replaceFirst("general.models .*", "")
            + "general.model = 25\ndefault.users = 81\n";
    List<String> faults =
        List.of(
            "default.users is there more than once",
            "general.models is missing",
            "cell.radius-m = wide is not a number",
            "upload.bytes is missing",
            "general.model = 25: there is no constant of this name");
    InvalidConstantsException e =
        assertThrows(InvalidConstantsException.class, () -> ScenarioConstants.parse(text));
    assertEquals(faults, e.faults());
    assertEquals(String.join("\n", faults), e.getMessage());
  }

  @Test
  void parse_ofAnEmptyFile_namesEveryKey() {
    long keys = PAPER.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
    List<String> faults = faults("");
    assertEquals(keys, faults.size());
    faults.forEach(fault -> assertEquals(" is missing", fault.substring(fault.indexOf(' '))));
  }

  @Test
  void parse_ofABrokenEscape_isRefused() throws Exception {
    assertEquals(
        List.of("a backslash and u must be followed by four hexadecimal digits"),
        faults(PAPER + "\n\\u12"));
  }

  private static String changed(String key, String value) {
    String changed = PAPER.replaceFirst("(?m)^" + key + " .*", key + " = " + value);
    assertNotEquals(PAPER, changed);
    return changed;
  }

  private static List<String> faults(String text) {
    return assertThrows(InvalidConstantsException.class, () -> ScenarioConstants.parse(text))
        .faults();
  }
}
