/**
 * Draws requests of the paper's simulated scenarios (Section VII), and of others, from a seed,
 * beginning with {@link io.partialloading.planner.scenario.PaperScenario}.
 */
@NullMarked
package io.partialloading.planner.scenario;

import org.jspecify.annotations.NullMarked;
