/**
 * The entry point of the planner: from an instance and options to a plan in time, with the reason
 * for every user that is left out. Pure.
 */
@NullMarked
package io.partialloading.planner.plan;

import org.jspecify.annotations.NullMarked;
