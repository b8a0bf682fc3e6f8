/**
 * The paper's evaluation (Section VII) and more, with this planner's curve beside the paper's: what
 * is measured ({@link io.partialloading.planner.evaluate.Figures}), measuring it, and the report.
 * Plans are asked for over the API like any controller's.
 */
@NullMarked
package io.partialloading.planner.evaluate;

import org.jspecify.annotations.NullMarked;
