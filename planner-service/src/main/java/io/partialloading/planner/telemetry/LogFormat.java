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
import org.jspecify.annotations.Nullable;

/** A record as a line. Control characters of texts are escaped, so a text cannot forge a line. */
final class LogFormat extends Formatter {
  /** Longer stack traces are cut, in UTF-16 units. */
  private static final int MAX_TRACE = 16_384;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

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
    return gson.toJson(object);
  }

  private String text(LogRecord line) {
    StringBuilder text = new StringBuilder(time(line.getInstant()));
    text.append(' ').append(level(line.getLevel()));
    String name = String.valueOf(line.getLoggerName());
    text.append(' ').append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
    text.append(escaped(String.valueOf(formatMessage(line))));
    LogFields.of(line)
        .values()
        .forEach(
            (key, value) -> text.append(' ').append(key).append('=').append(gson.toJson(value)));
    String trace = trace(line.getThrown());
    return trace == null ? text.toString() : text.append('\n').append(trace).toString();
  }

  /** On one line, and otherwise as it is. */
  private static String escaped(String message) {
    StringBuilder escaped = new StringBuilder(message.length());
    message
        .chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                escaped.append("\\u%04x".formatted(c));
              } else {
                escaped.append((char) c);
              }
            });
    return escaped.toString();
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
