// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import com.google.protobuf.Timestamp;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.plan.PlanningOptions;
import io.partialloading.planner.v1.Algorithm;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request in the planner's words, with what the answer takes from it. The arrays are not to be
 * modified.
 */
public final class ReadRequest {
  /** Planning may take as long as the call does. */
  public static final long NO_TIME_LIMIT = Long.MAX_VALUE;

  private final String label;
  private final @Nullable Timestamp capturedAt;
  private final InstanceAssembly assembly;
  private final Instance instance;
  private final String[] modelIds;

  ReadRequest(String label, @Nullable Timestamp capturedAt, InstanceAssembly assembly) {
    this.label = label;
    this.capturedAt = capturedAt;
    this.assembly = assembly;
    this.instance = assembly.assemble(Scaling.NONE);
    this.modelIds = assembly.modelIds();
  }

  /** The request's label. */
  public String label() {
    return label;
  }

  /** When the snapshot was taken; null if it does not say. */
  @Nullable Timestamp capturedAt() {
    return capturedAt;
  }

  /** When the channel stops to be as it was measured; null if the request does not say. */
  @Nullable Timestamp channelValidUntil() {
    return assembly.uplink().validUntil();
  }

  /** The algorithm, never unspecified. */
  public Algorithm algorithm() {
    return assembly.options().algorithm();
  }

  /** What is to be planned, with the requested margins. */
  public Instance instance() {
    return instance;
  }

  /**
   * What would be to be planned if everything took so many times as long: same users, models and
   * blocks. Takes the time to build an instance; nothing is read again.
   *
   * @param extra factors in addition to the requested margins
   */
  public Instance instance(Scaling extra) {
    return assembly.assemble(extra);
  }

  /** How to plan. */
  public PlanningOptions options() {
    return assembly.options().planning();
  }

  /** How long to plan, in ns, at least 1, or {@link #NO_TIME_LIMIT}. */
  public long planningTimeLimit() {
    return assembly.options().planningTimeLimit();
  }

  /**
   * What of the call's deadline is to be kept back for the network, in ns, at least 0; empty if
   * that is left to the server.
   */
  public OptionalLong answerReserve() {
    return assembly.options().answerReserve();
  }

  /** Whether it is asked what more of each resource would bring; only with the adaptive planner. */
  public boolean sensitivity() {
    return assembly.options().sensitivity();
  }

  /** The requested margins. */
  Margins margins() {
    return assembly.options().margins();
  }

  /** Id by user of the instance. */
  public String[] userIds() {
    return assembly.userIds();
  }

  /** Id by model of the instance. */
  public String[] modelIds() {
    return modelIds;
  }

  /** Id (unsigned) by block of the instance. */
  public int[] blockIds() {
    return assembly.blockIds();
  }

  /**
   * Rate B·R in bit/s by user of the instance, averaged over uplink and downlink slots and without
   * margins; 0 without a channel, or with one that carries nothing.
   */
  public double[] fullBandRates() {
    return assembly.uplink().fullBandRates();
  }
}
