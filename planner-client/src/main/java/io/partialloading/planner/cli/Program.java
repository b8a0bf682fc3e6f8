// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.evaluate.Campaign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** The program that runs. */
final class Program {
  private Program() {}

  /** Its version, and a digest of its jar where it runs from one, for versions are built twice. */
  static String version() {
    String version = new PlannerCommand.Version().getVersion()[0];
    Path jar = jar();
    return jar == null ? version : version + ", jar " + digest(jar);
  }

  /** On what it runs, in words. */
  static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  private static @Nullable Path jar() {
    CodeSource source = Program.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      Path path = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(path) ? path : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String digest(Path file) {
    try {
      return Campaign.sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
