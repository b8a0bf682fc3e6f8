package io.partialloading.planner.wire;

import io.partialloading.planner.instance.LoadTimes;

/**
 * The edge server as read.
 *
 * @param gpuMemory GPU memory Q in bytes
 * @param loadTimes transfer times
 * @param residentBlocks places in the library of the blocks on the GPU at the start
 */
record Server(long gpuMemory, LoadTimes loadTimes, int[] residentBlocks) {}
