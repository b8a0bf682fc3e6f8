/**
 * Drawings as SVG: charts, and schedules as Gantt charts. Written as text without any graphics
 * system, so that every machine makes the same bytes. Depends on the contract alone.
 */
@NullMarked
package io.partialloading.planner.draw;

import org.jspecify.annotations.NullMarked;
