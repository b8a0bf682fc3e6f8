// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import io.partialloading.planner.v1.AffineTransfer;
import io.partialloading.planner.v1.EdgeServer;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.TransferPoint;
import io.partialloading.planner.v1.TransferProfile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** How long loads take (8): both transfer stages one after the other. */
final class LoadTiming {
  private static final BigDecimal NANOSECONDS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

  private final EdgeServer server;
  private final BigDecimal stretch;

  /**
   * The loads of a server.
   *
   * @param stretch how many times as long loads are planned to take
   */
  LoadTiming(EdgeServer server, BigDecimal stretch) {
    this.server = server;
    this.stretch = stretch;
  }

  /** Time of one load. No bytes take no time. */
  BigInteger time(long bytes) {
    BigInteger time = BigInteger.ZERO;
    if (bytes > 0 && server.hasStorageToHost()) {
      time = time.add(transfer(server.getStorageToHost(), bytes));
    }
    if (bytes > 0 && server.hasHostToGpu()) {
      time = time.add(transfer(server.getHostToGpu(), bytes));
    }
    return time;
  }

  private BigInteger transfer(TransferProfile profile, long bytes) {
    return switch (profile.getProfileCase()) {
      case AFFINE -> affine(profile.getAffine(), bytes);
      case PIECEWISE_LINEAR -> piecewiseLinear(profile.getPiecewiseLinear(), bytes);
      case PROFILE_NOT_SET -> throw new IllegalArgumentException("a transfer without profile");
    };
  }

  private BigInteger affine(AffineTransfer affine, long bytes) {
    BigInteger streaming =
        Quotient.of(
            NANOSECONDS_PER_SECOND.multiply(BigDecimal.valueOf(bytes)).multiply(stretch),
            new BigDecimal(affine.getBytesPerSecond()),
            RoundingMode.CEILING);
    return Nanoseconds.stretched(affine.getLatency(), stretch).add(streaming);
  }

  private BigInteger piecewiseLinear(PiecewiseLinearTransfer profile, long bytes) {
    // The segment that the bytes lie on, or the last: from the origin or a point to the next.
    int to = 0;
    int last = profile.getPointsCount() - 1;
    while (to < last) {
      int middle = (to + last) >>> 1;
      if (profile.getPoints(middle).getBytes() < bytes) {
        to = middle + 1;
      } else {
        last = middle;
      }
    }
    TransferPoint from = to == 0 ? TransferPoint.getDefaultInstance() : profile.getPoints(to - 1);
    TransferPoint end = profile.getPoints(to);
    BigDecimal fromTime = new BigDecimal(Nanoseconds.of(from.getDuration()));
    BigDecimal rise = new BigDecimal(Nanoseconds.of(end.getDuration())).subtract(fromTime);
    BigDecimal run = BigDecimal.valueOf(end.getBytes() - from.getBytes());
    BigDecimal way = BigDecimal.valueOf(bytes - from.getBytes());
    // One division, the last step, so that margins are rounded with the time and not at each point.
    return Quotient.of(
        fromTime.multiply(run).add(rise.multiply(way)).multiply(stretch),
        run,
        RoundingMode.CEILING);
  }
}
