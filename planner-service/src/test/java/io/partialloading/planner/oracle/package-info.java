/**
 * The planner against what it must find: requests at random, the optimum of small ones by
 * enumeration without a line of solver code, and known cases with known answers.
 */
@NullMarked
package io.partialloading.planner.oracle;

import org.jspecify.annotations.NullMarked;
