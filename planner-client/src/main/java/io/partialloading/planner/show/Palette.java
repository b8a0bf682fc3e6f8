// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

/**
 * Colours of timelines. Those of the three steps are Okabe and Ito's, which the colour-blind tell
 * apart, and far from each other in grey too: lightness 46, 71 and 21 of 100.
 */
final class Palette {
  static final String UPLOAD = "#0072B2";
  static final String LOAD = "#E69F00";
  static final String COMPUTE = "#333333";

  static final String REUSED = "#F9E0A8";
  static final String[] SHARES = {"#CFE2F0", "#E9F2F9"};
  static final String SHARES_EDGE = "#8FB8D6";

  static final String BUDGET = "#D55E00";
  static final String SPARE = "#FCE9DE";

  static final String TEXT = "#333333";
  static final String FAINT_TEXT = "#5C5C5C";
  static final String GRID = "#E0E0E0";
  static final String AXIS = "#8A8A8A";
  static final String STRIPE = "#F6F6F6";

  private Palette() {}
}
