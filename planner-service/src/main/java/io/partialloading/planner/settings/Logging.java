// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.util.Locale;

/**
 * What is logged.
 *
 * @param format how a line looks
 * @param level the least severe lines that are written
 * @param calls which calls get a line
 */
public record Logging(Format format, Level level, Calls calls) {
  /** How a line looks. */
  public enum Format {
    /** For people. */
    TEXT,

    /** An object of JSON. */
    JSON;

    @Override
    public String toString() {
      return lowerCase(this);
    }
  }

  /** How severe a line is. */
  public enum Level {
    /** Somebody has to look. */
    ERROR,

    /** Somebody should look. */
    WARNING,

    /** What happened. */
    INFO,

    /** How it happened. */
    DEBUG;

    @Override
    public String toString() {
      return lowerCase(this);
    }
  }

  /** Which calls get a line. */
  public enum Calls {
    /** None. */
    NONE,

    /** Those that fail. */
    FAILURES,

    /** All. */
    ALL;

    @Override
    public String toString() {
      return lowerCase(this);
    }
  }

  /** How options say it. */
  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
