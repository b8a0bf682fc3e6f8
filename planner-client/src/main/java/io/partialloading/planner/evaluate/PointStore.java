// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of finished settings, one JSON file each, from which an evaluation goes on. */
record PointStore(Path folder) {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** What a file of a setting is good for. */
  sealed interface Stored {
    /** There is none. */
    record Absent() implements Stored {}

    /** It has what is wanted. */
    record Usable(Point point) implements Stored {}

    /** It has not, and the setting must be measured again. */
    record Unusable(String why) implements Stored {}
  }

  /** What there is of a task. A file that cannot be understood is no error. */
  Stored read(Task task, Conditions conditions) {
    Point point;
    try {
      point = GSON.fromJson(Files.readString(file(task.setting().id())), Point.class);
    } catch (NoSuchFileException e) {
      return new Stored.Absent();
    } catch (IOException | RuntimeException e) {
      // Gson wraps whatever a record's constructor throws, or does not.
      return new Stored.Unusable("a damaged file");
    }
    if (point == null || !point.setting().equals(task.setting().id())) {
      return new Stored.Unusable("a damaged file");
    }
    List<String> differences = new ArrayList<>(point.conditions().differencesFrom(conditions));
    if (!point.curves().keySet().containsAll(task.curveIds())) {
      differences.add("other curves");
    }
    return differences.isEmpty()
        ? new Stored.Usable(point)
        : new Stored.Unusable(String.join(", ", differences));
  }

  /** Keeps a point; an interruption leaves the file as it was before, or whole. */
  void write(Point point) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(file(point.setting()), GSON.toJson(point) + "\n");
  }

  private Path file(String setting) {
    return folder.resolve(setting + ".json");
  }
}
