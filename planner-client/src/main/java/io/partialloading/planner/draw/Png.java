// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import java.awt.AWTError;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes pixels of the drawings of this package. Needs the graphics system and the fonts of the
 * machine, which minimal images do not have.
 */
public final class Png {
  private Png() {}

  /** This machine cannot make pixels of a drawing; the message says why, in one line. */
  public static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private UnavailableException(String reason) {
      super(reason);
    }
  }

  /**
   * The image of a drawing, as a PNG file.
   *
   * @param svg a drawing of this package, with a width and a height
   * @throws UnavailableException if the runtime has no graphics system, no fonts or no JSVG
   */
  public static byte[] of(String svg) throws UnavailableException {
    return of(svg, Png::font);
  }

  /** As {@link #of(String)}, in the font that this machine finds. */
  static byte[] of(String svg, Supplier<String> font) throws UnavailableException {
    // Otherwise a runtime with a display would look for it.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    String found;
    try {
      found = font.get();
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      // JDKs throw any of these in the place of a font, by version and by what is missing.
      throw new UnavailableException("this Java runtime finds no fonts: " + reason(e));
    }
    try {
      // JSVG takes the first of several fonts, or a serif.
      return Rasteriser.png(svg.replace(Svg.escaped(Svg.FONT), Svg.escaped(found)));
    } catch (LinkageError e) {
      throw new UnavailableException("JSVG cannot be used: " + reason(e));
    }
  }

  /** The first of our fonts that is installed; shapes a letter, so that all of it is tried. */
  private static String font() {
    Set<String> installed =
        Set.of(
            GraphicsEnvironment.getLocalGraphicsEnvironment()
                .getAvailableFontFamilyNames(Locale.ROOT));
    String family =
        Stream.of(Svg.FONT.replace("'", "").split(", "))
            .filter(installed::contains)
            .findFirst()
            .orElse(Font.SANS_SERIF);
    new Font(family, Font.PLAIN, 12)
        .createGlyphVector(new FontRenderContext(null, true, true), "x")
        .getVisualBounds();
    return family;
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("");
  }
}
