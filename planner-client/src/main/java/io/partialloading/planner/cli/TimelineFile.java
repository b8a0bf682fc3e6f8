// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.partialloading.planner.show.PlanPage;
import io.partialloading.planner.show.ScheduleTimeline;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file to draw a plan in: an SVG drawing or a page with one, as its name ends. */
record TimelineFile(Path path, boolean isPage) {
  private static final String DRAWING_ENDING = ".svg";
  private static final String PAGE_ENDING = ".html";

  /**
   * Draws a plan, in place of what the file held.
   *
   * @throws IOException if the file cannot be written
   */
  void write(String title, PlanRequest request, PlanResponse response) throws IOException {
    String text =
        isPage
            ? new PlanPage(title, request, response).html()
            : ScheduleTimeline.svg(title, request, response);
    Files.write(path, text.getBytes(UTF_8));
  }

  /** Reads a file's name. */
  static final class Converter implements ITypeConverter<TimelineFile> {
    @Override
    public TimelineFile convert(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean isPage = lower.endsWith(PAGE_ENDING);
      if (!isPage && !lower.endsWith(DRAWING_ENDING)) {
        throw new TypeConversionException(
            "'" + name + "' does not end in " + DRAWING_ENDING + " or " + PAGE_ENDING);
      }
      try {
        return new TimelineFile(Path.of(name), isPage);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("'" + name + "' is not a file name: " + e.getReason());
      }
    }
  }
}
