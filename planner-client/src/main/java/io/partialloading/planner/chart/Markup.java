// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in SVG and HTML. */
public final class Markup {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  /**
   * Control and format characters, such as those that change the direction of writing; separators
   * of lines and paragraphs; what XML cannot hold.
   */
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{fffe}\\x{ffff}]");

  private Markup() {}

  /** A text on one line, with a question mark for each character that is not visible. */
  public static String visible(String text) {
    return HIDDEN.matcher(text).replaceAll("?");
  }

  /** For content and attributes alike. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * A page with its places filled in.
   *
   * @param owner the class beside which the page's template is
   * @param template the name of its file, in which {@code {{this}}} is the place of that name
   * @param contents what goes in each place, as markup
   */
  public static String filled(Class<?> owner, String template, Map<String, String> contents) {
    try (InputStream file = Objects.requireNonNull(owner.getResourceAsStream(template), template)) {
      return PLACE
          .matcher(new String(file.readAllBytes(), UTF_8))
          .replaceAll(
              place ->
                  Matcher.quoteReplacement(
                      Objects.requireNonNull(contents.get(place.group(1)), place.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
