// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.client.PlannerClient;
import io.partialloading.planner.evaluate.PointStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Measures a campaign, setting by setting. Each one measured is kept in {@code points/} in a
 * folder, and is not measured again by the next evaluation into the same folder; each figure
 * measured is {@code ID.csv} there.
 */
public final class Evaluation {
  private static final String POINTS = "points";

  private final Campaign campaign;
  private final Path folder;
  private final SettingMeter meter;
  private final Progress progress;
  private final PointStore store;
  private final Map<String, Point> points = new LinkedHashMap<>();

  /**
   * An evaluation that has not begun.
   *
   * @param folder where results are kept; made if need be
   * @param meter how settings are measured
   */
  public Evaluation(Campaign campaign, Path folder, SettingMeter meter, Progress progress) {
    this.campaign = campaign;
    this.folder = folder;
    this.meter = meter;
    this.progress = progress;
    this.store = new PointStore(folder.resolve(POINTS));
  }

  /**
   * Measures what is not measured yet.
   *
   * @throws IOException if the folder cannot be written
   * @throws MeasuringException if a plan is refused, or the planner is out of reach
   * @throws CancellationException once the meter was stopped
   * @throws IllegalArgumentException if settings of the same id differ, or one cannot be drawn
   */
  public Measured measure(PlannerClient planner) throws IOException {
    Files.createDirectories(folder);
    List<Task> tasks = Task.of(campaign.figures());
    Map<String, List<String>> unusable = recall(tasks);
    progress.begin(tasks.size(), points.size(), plansToMake(tasks));
    unusable.forEach(this::noteUnusable);
    try {
      measure(planner, tasks);
    } finally {
      progress.end();
    }
    return Measured.of(tasks.stream().map(task -> points.get(task.setting().id())).toList());
  }

  /** Figure by figure, so that the first ones can be looked at while others are measured. */
  private void measure(PlannerClient planner, List<Task> tasks) throws IOException {
    for (Figure figure : campaign.figures()) {
      List<String> settings = figure.settings().stream().map(Setting::id).toList();
      for (Task task : tasks) {
        String id = task.setting().id();
        if (settings.contains(id) && !points.containsKey(id)) {
          points.put(id, measure(planner, task));
        }
      }
      FigureCsv.write(folder, figure, points);
      progress.finished(figure);
    }
  }

  /** Number of settings measured, this time or before. */
  public int measuredSettings() {
    return points.size();
  }

  /** Number of settings. */
  public int settings() {
    return Task.of(campaign.figures()).size();
  }

  /** Takes what is measured already, and returns the other settings' ids by why it is not used. */
  private Map<String, List<String>> recall(List<Task> tasks) {
    Map<String, List<String>> unusable = new LinkedHashMap<>();
    for (Task task : tasks) {
      String id = task.setting().id();
      Stored stored = store.read(task, campaign.conditionsOf(task.setting()));
      if (stored instanceof Stored.Usable usable) {
        points.put(id, usable.point());
      } else if (stored instanceof Stored.Unusable known) {
        unusable.computeIfAbsent(known.why(), why -> new ArrayList<>()).add(id);
      }
    }
    return unusable;
  }

  private void noteUnusable(String why, List<String> settings) {
    String others = settings.size() == 1 ? "" : " and " + (settings.size() - 1) + " more";
    progress.note("measured again, for it has " + why + ": " + settings.get(0) + others);
  }

  private long plansToMake(List<Task> tasks) {
    return tasks.stream()
        .filter(task -> !points.containsKey(task.setting().id()))
        .mapToLong(task -> (long) campaign.realisationsOf(task.setting()) * task.curves().size())
        .sum();
  }

  private Point measure(PlannerClient planner, Task task) throws IOException {
    progress.measuring(task.setting());
    long start = System.nanoTime();
    List<Realisation> realisations = meter.measure(planner, task, campaign, progress::made);
    Point point =
        Point.of(
            task, campaign.conditionsOf(task.setting()), System.nanoTime() - start, realisations);
    store.write(point);
    return point;
  }
}
