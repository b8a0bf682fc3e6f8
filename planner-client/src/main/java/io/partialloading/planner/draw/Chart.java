// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

/** A chart that can be drawn; all are of one width, so that they go together. */
public sealed interface Chart permits LineChart, BarChart {
  /** What it shows. */
  String title();

  /** The drawing as an SVG document that stands alone, with its title above. */
  String svg();

  /**
   * The drawing as an SVG document for a page that has the title as a heading: it shows none, and
   * only tells those who cannot see it.
   */
  String untitledSvg();
}
