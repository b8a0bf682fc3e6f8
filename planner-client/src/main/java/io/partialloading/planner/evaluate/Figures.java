// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.scenario.ScenarioConstants;
import java.util.ArrayList;
import java.util.List;

/** What is evaluated: Figures 6 to 9 of the paper, and more. */
public final class Figures {
  private Figures() {}

  /** All figures, the paper's first, in its order. */
  public static List<Figure> all(ScenarioConstants constants) {
    List<Figure> figures = new ArrayList<>(new PaperFigures(constants).all());
    figures.addAll(new FurtherFigures(constants).all());
    return List.copyOf(figures);
  }
}
