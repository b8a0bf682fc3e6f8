/**
 * An independent judge of schedules, from first principles: it knows the contract and the paper's
 * constraints and nothing of how plans are found. It has arithmetic of its own, so that an error in
 * the planner's cannot hide, and imports no other package of the planner.
 */
@NullMarked
package io.partialloading.planner.verify;

import org.jspecify.annotations.NullMarked;
