/**
 * How batches run on the server: when each step of each batch begins and ends, and what it loads.
 * Whoever asks for a time or a load asks here. Pure.
 */
@NullMarked
package io.partialloading.planner.machine;

import org.jspecify.annotations.NullMarked;
