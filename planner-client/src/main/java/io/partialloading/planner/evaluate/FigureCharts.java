// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.chart.LineChart;
import io.partialloading.planner.chart.LineChart.Axis;
import io.partialloading.planner.chart.LineChart.Point;
import io.partialloading.planner.chart.LineChart.Series;
import io.partialloading.planner.evaluate.Figure.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes charts of the figures. */
final class FigureCharts {
  private static final Axis SERVED = new Axis("Served users (%)", false);
  private static final Axis TIME = new Axis("Median planning time (ms)", true);
  private static final double MICROS_PER_MILLI = 1000;

  /** A bound nearer to the curve than this cannot be seen, as a share of users. */
  private static final double VISIBLE = 0.005;

  private final Results results;
  private final CurveStyles styles;

  FigureCharts(Results results) {
    this.results = results;
    styles = new CurveStyles(results.figures());
  }

  /**
   * The charts of a figure by the names of their files, the served users first; none of one
   * setting.
   */
  Map<String, LineChart> of(Figure figure) {
    if (figure.scale() == Scale.NONE) {
      return Map.of();
    }
    Map<String, LineChart> charts = new LinkedHashMap<>();
    charts.put(figure.id(), served(figure));
    List<Series> times = times(figure);
    if (times.stream().anyMatch(series -> !series.points().isEmpty())) {
      charts.put(
          figure.id() + "-time",
          new LineChart(figure.numberedTitle() + ": planning time", axis(figure), TIME, times));
    }
    return charts;
  }

  private static Axis axis(Figure figure) {
    return new Axis(figure.axis(), figure.scale() == Scale.LOGARITHMIC);
  }

  private LineChart served(Figure figure) {
    List<Series> series = new ArrayList<>();
    for (Curve curve : figure.curves()) {
      series.add(
          new Series(
              curve.name(),
              styles.of(curve),
              figure.settings().stream().map(setting -> servedPoint(setting, curve)).toList()));
    }
    Curve first = figure.curves().get(0);
    if (figure.settings().stream()
        .map(setting -> results.sample(setting, first))
        .anyMatch(sample -> sample.bound() - sample.ratio() > VISIBLE)) {
      series.add(bound(figure, first));
    }
    return new LineChart(figure.numberedTitle(), axis(figure), SERVED, series);
  }

  private Point servedPoint(Setting setting, Curve curve) {
    Sample sample = results.sample(setting, curve);
    return new Point(setting.x(), 100 * sample.ratio(), 100 * sample.low(), 100 * sample.high());
  }

  private Series bound(Figure figure, Curve curve) {
    return new Series(
        "Upper bound (no plan exceeds it)",
        LineChart.BOUND,
        figure.settings().stream()
            .map(
                setting -> {
                  double bound = 100 * results.sample(setting, curve).bound();
                  return new Point(setting.x(), bound, bound, bound);
                })
            .toList());
  }

  private List<Series> times(Figure figure) {
    List<Setting> timed = figure.settings().stream().filter(Setting::timed).toList();
    List<Series> series = new ArrayList<>();
    for (Curve curve : figure.curves()) {
      List<Point> points = new ArrayList<>();
      for (Setting setting : timed) {
        double millis = millis(results.sample(setting, curve));
        if (millis > 0) {
          points.add(new Point(setting.x(), millis, millis, millis));
        }
      }
      series.add(new Series(curve.name(), styles.of(curve), points));
    }
    return series;
  }

  private static double millis(Sample sample) {
    return sample.medianMicros() / MICROS_PER_MILLI;
  }
}
