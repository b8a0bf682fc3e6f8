// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.scenario.InvalidConstantsException;
import io.partialloading.planner.scenario.ScenarioConstants;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Constants of scenarios, and the text of the file they are from. */
record EvaluationConstants(String text, ScenarioConstants values) {
  /** The paper's. */
  static EvaluationConstants paper() {
    return new EvaluationConstants(ScenarioConstants.paperText(), ScenarioConstants.paper());
  }

  /** Those in a file; where they cannot be used, the message has a line for each fault. */
  static EvaluationConstants read(String file) throws UnreadableException {
    try {
      String text = Files.readString(Path.of(file));
      return new EvaluationConstants(text, ScenarioConstants.parse(text));
    } catch (InvalidConstantsException e) {
      throw new UnreadableException(e.faults());
    } catch (CharacterCodingException e) {
      throw new UnreadableException("not UTF-8 text");
    } catch (IOException e) {
      throw new UnreadableException("cannot be read: " + RequestFile.reason(e));
    } catch (InvalidPathException e) {
      throw new UnreadableException("not a file name: " + e.getReason());
    }
  }
}
