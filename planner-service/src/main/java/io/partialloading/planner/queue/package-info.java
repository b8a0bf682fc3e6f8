/**
 * Who is worked for next, and who is refused before any work is done: a bounded queue of jobs that
 * learns what jobs cost, shares its workers among clients and between light and heavy jobs, and
 * says how long to stay away. Knows nothing of what the jobs are.
 */
@NullMarked
package io.partialloading.planner.queue;

import org.jspecify.annotations.NullMarked;
