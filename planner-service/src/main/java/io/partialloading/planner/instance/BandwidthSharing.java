package io.partialloading.planner.instance;

/**
 * How the users of a batch share the band.
 *
 * @param equalSubchannels number of equal sub-channels, one user each; 0 for the optimal shares of
 *     equation (12)
 */
public record BandwidthSharing(int equalSubchannels) {
  /** The optimal shares of equation (12): in proportion to the full-band upload times. */
  public static final BandwidthSharing OPTIMAL = new BandwidthSharing(0);

  public BandwidthSharing {
    if (equalSubchannels < 0) {
      throw new IllegalArgumentException("equalSubchannels = " + equalSubchannels);
    }
  }

  /** Whether shares are optimal rather than equal. */
  public boolean isOptimal() {
    return equalSubchannels == 0;
  }

  /** The most users that can upload together. */
  public int largestBatch() {
    return isOptimal() ? Integer.MAX_VALUE : equalSubchannels;
  }

  /**
   * Time until all users of a batch have uploaded, in ns: the sum of their full-band upload times
   * (11), or with r equal sub-channels r times the longest; {@link Long#MAX_VALUE} where it
   * overflows.
   *
   * @param uploadTimes full-band upload times of the batch's users, ascending
   */
  public long uploadTime(long[] uploadTimes) {
    long time = 0;
    for (long uploadTime : uploadTimes) {
      time = extendedUploadTime(time, uploadTime);
    }
    return time;
  }

  /**
   * Time until all users have uploaded once a user is added to a batch that takes {@code batchTime}
   * without it and whose users all upload no longer; {@link Long#MAX_VALUE} where it overflows.
   */
  long extendedUploadTime(long batchTime, long uploadTime) {
    if (isOptimal()) {
      return uploadTime > Long.MAX_VALUE - batchTime ? Long.MAX_VALUE : batchTime + uploadTime;
    }
    return uploadTime > Long.MAX_VALUE / equalSubchannels
        ? Long.MAX_VALUE
        : equalSubchannels * uploadTime;
  }

  /** The share of the band of a user in a batch that uploads in {@code batchUploadTime}. */
  public double fraction(long uploadTime, long batchUploadTime) {
    return isOptimal() ? (double) uploadTime / batchUploadTime : 1.0 / equalSubchannels;
  }
}
