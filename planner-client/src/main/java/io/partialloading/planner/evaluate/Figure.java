// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.util.List;

/**
 * A figure: ways to plan, compared over settings.
 *
 * @param id such as {@code 6a}, or {@code slots} for one that is not in the paper
 * @param title such as {@code Served users over bandwidth, bottom-layer sharing}
 * @param question what the reader learns from it, in a sentence or two
 * @param axis what its settings differ in, with the unit, such as {@code Bandwidth (MHz)}
 * @param scale how the axis is drawn
 * @param settings its points, in the order of the axis
 * @param curves what is compared; this planner first
 * @param claims what the paper states about it
 */
public record Figure(
    String id,
    String title,
    String question,
    String axis,
    Scale scale,
    List<Setting> settings,
    List<Curve> curves,
    List<Claim> claims) {

  public Figure {
    settings = List.copyOf(settings);
    curves = List.copyOf(curves);
    claims = List.copyOf(claims);
  }

  /** The curve of an id. */
  Curve curve(String curveId) {
    return curves.stream()
        .filter(curve -> curve.id().equals(curveId))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("figure " + id + " has no curve " + curveId));
  }

  /** Whether it has a curve of an id. */
  boolean has(String curveId) {
    return curves.stream().anyMatch(curve -> curve.id().equals(curveId));
  }

  /** Whether it is numbered as in the paper. */
  boolean isOfThePaper() {
    return id.matches("[0-9]+[a-z]?");
  }

  /** The title with the number, if it is one of the paper's. */
  String numberedTitle() {
    return isOfThePaper() ? "Figure " + id + ". " + title : title;
  }

  /** Whether planning times of it are to be shown. */
  boolean isTimed() {
    return settings.stream().anyMatch(Setting::timed);
  }

  /** How the axis of a figure is drawn. */
  public enum Scale {
    LINEAR,
    LOGARITHMIC,
    /** There is one setting, and no chart: tables show it. */
    NONE
  }

  /**
   * A difference that the paper states.
   *
   * @param better id of the curve above
   * @param worse id of the curve below
   * @param points by how many percentage points of served users, averaged over the settings
   * @param why why it may come out otherwise here; empty where nothing is known
   */
  public record Claim(String better, String worse, double points, String why) {
    public Claim(String better, String worse, double points) {
      this(better, worse, points, "");
    }
  }
}
