/**
 * The adaptive planner: a curve of least times per sharing component, exact where that can be done,
 * their combination, and bounds.
 */
@NullMarked
package io.partialloading.planner.solve;

import org.jspecify.annotations.NullMarked;
