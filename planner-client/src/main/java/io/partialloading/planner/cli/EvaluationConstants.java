package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.partialloading.planner.scenario.ScenarioConstants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Constants of scenarios, and the text of the file they are from. */
record EvaluationConstants(String text, ScenarioConstants values) {
  /** The paper's. */
  static EvaluationConstants paper() {
    try (InputStream file =
        Objects.requireNonNull(ScenarioConstants.class.getResourceAsStream("paper.properties"))) {
      return new EvaluationConstants(
          new String(file.readAllBytes(), UTF_8), ScenarioConstants.paper());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those in a file. */
  static EvaluationConstants read(String file, EvaluationParts.ConstantsReader reader)
      throws RequestFile.UnreadableException {
    try {
      ScenarioConstants values = reader.read(Path.of(file));
      return new EvaluationConstants(Files.readString(Path.of(file)), values);
    } catch (IOException e) {
      throw new RequestFile.UnreadableException("cannot be read: " + RequestFile.reason(e));
    } catch (IllegalArgumentException e) {
      throw new RequestFile.UnreadableException(String.valueOf(e.getMessage()));
    }
  }
}
