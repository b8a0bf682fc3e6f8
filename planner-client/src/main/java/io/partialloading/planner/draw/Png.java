package io.partialloading.planner.draw;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.FloatSize;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Makes pixels of the drawings of this package. Needs the graphics system and the fonts of the
 * machine, which minimal images do not have.
 */
public final class Png {
  /** Pixels of the image per CSS pixel of the drawing: sharp on displays of high density. */
  static final int SCALE = 2;

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
    } catch (LinkageError | InternalError | NullPointerException e) {
      // What JDKs throw in the place of a font: all of these, by version and by what is missing.
      throw new UnavailableException("this Java runtime finds no fonts: " + reason(e));
    }
    try {
      // JSVG takes the first of several fonts, or a serif.
      return rasterised(svg.replace(Svg.escaped(Svg.FONT), Svg.escaped(found)));
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

  private static byte[] rasterised(String svg) {
    SVGDocument document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    if (document == null) {
      throw new IllegalArgumentException("not an SVG document");
    }
    FloatSize size = document.size();
    int width = (int) Math.ceil(SCALE * size.width);
    int height = (int) Math.ceil(SCALE * size.height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, new ViewBox(width, height));
    graphics.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("");
  }
}
