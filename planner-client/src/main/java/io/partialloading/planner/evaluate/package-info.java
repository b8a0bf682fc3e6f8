/**
 * Measures the figures of the paper's evaluation (Section VII), and more, over the API, and reports
 * what came out, beginning with {@link io.partialloading.planner.evaluate.Figures}.
 */
@NullMarked
package io.partialloading.planner.evaluate;

import org.jspecify.annotations.NullMarked;
