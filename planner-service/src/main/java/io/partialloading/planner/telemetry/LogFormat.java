// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.partialloading.planner.settings.Logging;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as a line. What is not visible of texts is escaped, so a text can neither forge a line
 * nor change how others are shown.
 */
final class LogFormat extends Formatter {
  /** Longer stack traces are cut, in UTF-16 units. */
  private static final int MAX_TRACE = 16_384;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * Control and format characters, such as those that change the direction of writing; separators
   * of lines and paragraphs; surrogates that are not in a pair.
   */
  private static final String HIDDEN = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";

  private static final Pattern IN_LINE = Pattern.compile("[" + HIDDEN + "]");

  /** A stack trace has lines of its own. */
  private static final Pattern IN_TRACE = Pattern.compile("[" + HIDDEN + "&&[^\\t\\r\\n]]");

  private final Logging.Format format;
  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  LogFormat(Logging.Format format) {
    this.format = format;
  }

  @Override
  public String format(LogRecord line) {
    return (format == Logging.Format.JSON ? json(line) : text(line)) + "\n";
  }

  private String json(LogRecord line) {
    JsonObject object = new JsonObject();
    object.addProperty("timestamp", time(line.getInstant()));
    object.addProperty("level", level(line.getLevel()));
    object.addProperty("logger", String.valueOf(line.getLoggerName()));
    object.addProperty("message", formatMessage(line));
    LogFields.of(line).values().forEach((name, value) -> object.add(name, gson.toJsonTree(value)));
    String trace = trace(line.getThrown());
    if (trace != null) {
      object.addProperty("exception", trace);
    }
    return escaped(gson.toJson(object), IN_LINE);
  }

  private String text(LogRecord line) {
    StringBuilder text = new StringBuilder(time(line.getInstant()));
    text.append(' ').append(level(line.getLevel()));
    String name = String.valueOf(line.getLoggerName());
    text.append(' ').append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
    text.append(formatMessage(line));
    LogFields.of(line)
        .values()
        .forEach(
            (key, value) -> text.append(' ').append(key).append('=').append(gson.toJson(value)));
    String trace = trace(line.getThrown());
    String first = escaped(text.toString(), IN_LINE);
    return trace == null ? first : first + '\n' + escaped(trace, IN_TRACE);
  }

  /** As it is but for some characters, which are written as in JSON. */
  private static String escaped(String text, Pattern characters) {
    return characters
        .matcher(text)
        .replaceAll(
            found -> {
              StringBuilder escapes = new StringBuilder();
              found.group().chars().forEach(unit -> escapes.append("\\u%04x".formatted(unit)));
              return Matcher.quoteReplacement(escapes.toString());
            });
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return value >= Level.CONFIG.intValue() ? "INFO" : "DEBUG";
  }

  private static @Nullable String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return null;
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    String text = trace.toString().stripTrailing();
    return text.length() <= MAX_TRACE ? text : text.substring(0, MAX_TRACE) + "...";
  }
}
