/**
 * The simulated scenarios of the paper's Section VII as requests, and some beyond them: libraries
 * of models fine-tuned from ResNets or adapted from a language model, users in a cell, a fading
 * channel. Depends on the contract alone. Everything follows from a seed. Begin with {@link
 * io.partialloading.planner.scenario.PaperScenario}.
 */
@NullMarked
package io.partialloading.planner.scenario;

import org.jspecify.annotations.NullMarked;
