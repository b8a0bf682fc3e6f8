// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.AffineCompute;
import io.partialloading.planner.v1.AffineMemory;
import io.partialloading.planner.v1.ComputeProfile;
import io.partialloading.planner.v1.MemoryProfile;

/** What the models of every scenario have in common. */
final class Profiles {
  private Profiles() {}

  static ComputeProfile compute(ScenarioConstants.Compute compute) {
    return ComputeProfile.newBuilder()
        .setAffine(
            AffineCompute.newBuilder()
                .setPerBatch(Durations.fromNanos(compute.perBatch().toNanos()))
                .setPerSample(Durations.fromNanos(compute.perSample().toNanos())))
        .build();
  }

  /**
   * The memory of batches.
   *
   * @param bytes what a model takes beside the fixed memory of all scenarios
   */
  static MemoryProfile memory(ScenarioConstants constants, long bytes) {
    return MemoryProfile.newBuilder()
        .setAffine(
            AffineMemory.newBuilder()
                .setFixedBytes(bytes + constants.memoryFixedBytes())
                .setBytesPerSample(constants.memoryBytesPerSample()))
        .build();
  }
}
