/** From counts to batches: bandwidth shares, load manifests, times, and why users are left out. */
@NullMarked
package io.partialloading.planner.schedule;

import org.jspecify.annotations.NullMarked;
