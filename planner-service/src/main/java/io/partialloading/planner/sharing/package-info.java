/** How models share blocks: components, and the structure of each. Pure. */
@NullMarked
package io.partialloading.planner.sharing;

import org.jspecify.annotations.NullMarked;
