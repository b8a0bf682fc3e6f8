// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PngTest {
  private static final String SVG =
      new Svg(120, 50.5, "a bar and a word")
          .element("rect", "x", 10, "y", 10, "width", 20, "height", 20, "fill", "#0072B2")
          .text(40, 30, "word", "font-size", 12, "fill", "#000000")
          .document();

  @Test
  void image_hasTwoPixelsForEachOfTheDrawing() throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png()));
    assertEquals(240, image.getWidth());
    assertEquals(101, image.getHeight());
    assertEquals(0xff0072b2, image.getRGB(40, 40));
    assertEquals(0xffffffff, image.getRGB(5, 5));
  }

  @Test
  void image_hasTheText() throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png()));
    int dark = 0;
    for (int x = 80; x < 140; x++) {
      for (int y = 40; y < 64; y++) {
        dark += (image.getRGB(x, y) & 0xff) < 100 ? 1 : 0;
      }
    }
    assertTrue(dark > 50, dark + " dark pixels");
  }

  @Test
  void runtimeWithoutFonts_saysSoInOneLine() {
    Png.UnavailableException unavailable =
        assertThrows(
            Png.UnavailableException.class,
            () ->
                Png.of(
                    SVG,
                    () -> {
                      throw new InternalError(
                          new RuntimeException("Fontconfig head is null,\ncheck your fonts"));
                    }));
    assertEquals(
        "this Java runtime finds no fonts: java.lang.RuntimeException: Fontconfig head is null,",
        unavailable.getMessage());
  }

  private static byte[] png() {
    try {
      return Png.of(SVG);
    } catch (Png.UnavailableException e) {
      return Assumptions.abort(e.toString());
    }
  }
}
