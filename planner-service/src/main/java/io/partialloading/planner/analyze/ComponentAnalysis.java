// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.analyze;

import io.partialloading.planner.sharing.SharingStructure;

/**
 * Models linked by shared blocks. The arrays are not to be modified.
 *
 * @param models the models, ascending
 * @param structure how they share
 * @param breakingBlocks the blocks that keep them from having a simpler structure, ascending: in a
 *     general component those that break nesting, in a nested one those that break Definition 2;
 *     otherwise none
 * @param storedBytes size of their blocks, each counted once, saturated
 * @param unsharedBytes size if each had blocks of its own, saturated
 * @param privateBlocks in a general component, blocks which, made private, leave the component
 *     nested, ascending
 * @param privateBytes size of these, each counted once, saturated
 * @param privateBytesLowerBound no such blocks are smaller together, saturated
 * @param plannedExactly whether the adaptive planner plans them exactly if all models are requested
 */
public record ComponentAnalysis(
    int[] models,
    SharingStructure structure,
    int[] breakingBlocks,
    long storedBytes,
    long unsharedBytes,
    int[] privateBlocks,
    long privateBytes,
    long privateBytesLowerBound,
    boolean plannedExactly) {}
