// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.draw;

import io.partialloading.planner.v1.BandwidthGrant;
import java.util.List;

/** Draws a batch's band as a strip, divided among its users. */
final class BandShares {
  /** A narrower name tells nothing once it is clipped. */
  private static final double MIN_CLIPPED_WIDTH = 60;

  private static final double FONT = TimelineLayout.SMALL_FONT;
  private static final double PADDING = 4;

  private final Svg svg;
  private final double left;
  private final double top;
  private final double width;
  private final double height;

  /** A strip of the given place and size. */
  BandShares(Svg svg, double left, double top, double width, double height) {
    this.svg = svg;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
  }

  /** Draws the shares from left to right; what is left of the band stays empty. */
  void draw(List<BandwidthGrant> grants) {
    double from = left;
    int drawn = 0;
    for (BandwidthGrant grant : grants) {
      double to = Math.min(left + width, from + grant.getBandwidthFraction() * width);
      // A share below 0, or that is not a number, takes no room.
      if (to > from) {
        draw(grant, from, to - from, Palette.SHARES[drawn++ % 2]);
        from = to;
      }
    }
    svg.rect(
        left, top, width, height, "fill", "none", "stroke", Palette.SHARES_EDGE, "stroke-width", 1);
  }

  private void draw(BandwidthGrant grant, double x, double width, String colour) {
    svg.rectWithTitle(description(grant), x, top, width, height, "class", "share", "fill", colour);
    String label = label(grant, width - 2 * PADDING);
    if (!label.isEmpty()) {
      double y = top + height / 2 + TimelineLayout.CENTRED * FONT;
      svg.text(x + PADDING, y, label, "font-size", FONT, "pointer-events", "none");
    }
  }

  /** Name and percentage, the name alone, or nothing. */
  private static String label(BandwidthGrant grant, double room) {
    String user = grant.getUserId();
    String both = user + " " + Math.round(100 * grant.getBandwidthFraction()) + "%";
    if (Lettering.room(both, FONT) <= room) {
      return both;
    }
    return Lettering.room(user, FONT) <= room || room >= MIN_CLIPPED_WIDTH
        ? Lettering.clipped(user, FONT, room)
        : "";
  }

  private static String description(BandwidthGrant grant) {
    String prbs = grant.getPrbCount() == 0 ? "" : ", " + grant.getPrbCount() + " PRBs";
    return "%s: %s%% of the band%s, %s"
        .formatted(
            grant.getUserId(),
            Unit.shortNumber(100 * grant.getBandwidthFraction()),
            prbs,
            Unit.prefixed(grant.getUploadRateBps(), 2, "bit/s"));
  }
}
