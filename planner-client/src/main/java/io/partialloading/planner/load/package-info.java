/**
 * Puts a load on a server by calls at times that do not depend on the answers, and measures their
 * latency from the time they were due, beginning with {@link
 * io.partialloading.planner.load.LoadRun}.
 */
@NullMarked
package io.partialloading.planner.load;

import org.jspecify.annotations.NullMarked;
