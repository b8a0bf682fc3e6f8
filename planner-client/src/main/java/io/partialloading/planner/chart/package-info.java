/** Draws line charts as SVG; knows neither planners nor the contract. */
@NullMarked
package io.partialloading.planner.chart;

import org.jspecify.annotations.NullMarked;
