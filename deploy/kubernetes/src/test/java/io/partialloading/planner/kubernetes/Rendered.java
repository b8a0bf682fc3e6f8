// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ./check} has rendered. */
class Rendered {

  private Rendered() {}

  static String overlay(String name) {
    String folder = System.getProperty("rendered", "");
    if (folder.isEmpty()) {
      throw new IllegalStateException("nothing is rendered: run deploy/kubernetes/check");
    }
    try {
      return Files.readString(Path.of(folder, name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The overlay with every occurrence of a text, which must be there, replaced. */
  static String overlay(String name, String text, String instead) {
    String yaml = overlay(name);
    if (!yaml.contains(text)) {
      throw new IllegalArgumentException(name + " has no " + text);
    }
    return yaml.replace(text, instead);
  }
}
