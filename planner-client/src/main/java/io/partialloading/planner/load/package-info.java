/**
 * Load on a planner, and what becomes of it: calls at times that do not depend on the answers,
 * their latency from the time they were due, and the highest rate that a server bears. Begin with
 * {@link io.partialloading.planner.load.LoadRun}.
 */
@NullMarked
package io.partialloading.planner.load;

import org.jspecify.annotations.NullMarked;
