/** What sharing a library has, and what the planner makes of it. Pure. */
@NullMarked
package io.partialloading.planner.analyze;

import org.jspecify.annotations.NullMarked;
