// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** Is told how an evaluation gets on. */
public interface Progress {
  /** Nothing is told to anybody. */
  Progress NONE = new Progress() {};

  /**
   * Measuring begins.
   *
   * @param settings number of settings
   * @param known number of them that need not be measured, as they were before
   * @param plans number of plans to be made for the others
   */
  default void begin(int settings, int known, long plans) {}

  /** Something is worth a line. */
  default void note(String line) {}

  /** A setting is being measured. */
  default void measuring(Setting setting) {}

  /** So many plans were made; told by several threads at once. */
  default void made(int plans) {}

  /** All of a figure is measured, and its file written. */
  default void finished(Figure figure) {}

  /** Measuring has ended, whether or not all is done. */
  default void end() {}
}
