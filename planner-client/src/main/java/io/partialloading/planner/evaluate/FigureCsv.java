// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * A figure's numbers as comma-separated values, a line for each curve at each setting. Shares are
 * of users, from 0 to 1; times are in microseconds, and empty where they were not measured alone;
 * so is the confidence interval of a single realisation.
 */
final class FigureCsv {
  private static final String COLUMNS =
      "figure,setting,x,curve,realisations,users,served,served_share,ci95_low,ci95_high,"
          + "upper_bound_share,proven_share,planning_mean_us,planning_median_us";

  private FigureCsv() {}

  /** Writes a figure's file into a folder. */
  static void write(Path folder, Figure figure, Map<String, Point> points) throws IOException {
    WholeFile.write(folder.resolve(figure.id() + ".csv"), text(figure, points));
  }

  /**
   * The text of a figure's file.
   *
   * @param points by id of the setting
   */
  static String text(Figure figure, Map<String, Point> points) {
    StringBuilder text = new StringBuilder(COLUMNS).append('\n');
    for (Setting setting : figure.settings()) {
      for (Curve curve : figure.curves()) {
        Point point = Objects.requireNonNull(points.get(setting.id()));
        Sample sample = Objects.requireNonNull(point.curves().get(curve.id())).sample();
        text.append(line(figure, setting, curve, sample)).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(Figure figure, Setting setting, Curve curve, Sample sample) {
    boolean interval = sample.hasInterval();
    return new StringJoiner(",")
        .add(figure.id())
        .add(setting.id())
        .add(BigDecimal.valueOf(setting.x()).stripTrailingZeros().toPlainString())
        .add(curve.id())
        .add(Integer.toString(sample.realisations()))
        .add(Long.toString(sample.users()))
        .add(Long.toString(sample.served()))
        .add(share(sample.ratio()))
        .add(interval ? share(sample.low()) : "")
        .add(interval ? share(sample.high()) : "")
        .add(share(sample.bound()))
        .add(share((double) sample.proven() / sample.realisations()))
        .add(setting.timed() ? micros(sample.meanMicros()) : "")
        .add(setting.timed() ? micros(sample.medianMicros()) : "")
        .toString();
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.6f", share);
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.3f", micros);
  }
}
