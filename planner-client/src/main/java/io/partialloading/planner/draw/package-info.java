/**
 * Drawings as SVG: charts, and schedules as Gantt charts. Written as text without any graphics
 * system, so that every machine makes the same bytes; only {@link
 * io.partialloading.planner.draw.Png} needs the fonts of the machine. Depends on the contract
 * alone.
 */
@NullMarked
package io.partialloading.planner.draw;

import org.jspecify.annotations.NullMarked;
