// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import io.partialloading.planner.instance.LoadTimes;
import io.partialloading.planner.instance.TransferTime;

/**
 * The edge server as read.
 *
 * @param gpuMemory GPU memory Q in bytes
 * @param storageToHost V1
 * @param hostToGpu V2
 * @param loadTimes both, one after the other
 * @param residentBlocks places in the library of the blocks on the GPU at the start
 */
record Server(
    long gpuMemory,
    TransferTime storageToHost,
    TransferTime hostToGpu,
    LoadTimes loadTimes,
    int[] residentBlocks) {}
