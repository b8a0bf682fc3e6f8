/**
 * Shows plans, judgements and analyses to people as text, as a page and as a drawing, beginning
 * with {@link io.partialloading.planner.show.PlanTable}.
 */
@NullMarked
package io.partialloading.planner.show;

import org.jspecify.annotations.NullMarked;
