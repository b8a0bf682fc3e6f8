/**
 * How batches run on the server: when each step of each batch begins and ends, what it loads, and
 * what a model has to load after another. Pure.
 */
@NullMarked
package io.partialloading.planner.machine;

import org.jspecify.annotations.NullMarked;
