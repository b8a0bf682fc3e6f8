/**
 * How the users of a model are best split into batches, and the least time to serve so many of
 * them: what solvers that plan by counts work with. Pure.
 */
@NullMarked
package io.partialloading.planner.curve;

import org.jspecify.annotations.NullMarked;
