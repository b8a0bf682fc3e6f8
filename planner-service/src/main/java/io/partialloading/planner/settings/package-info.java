/**
 * How the server runs, by subject. Read from flags, environment variables and defaults, and checked
 * against one another before anything starts. Records name the flags that they come from, so that
 * what is wrong is said in the operator's words.
 */
@NullMarked
package io.partialloading.planner.settings;

import org.jspecify.annotations.NullMarked;
