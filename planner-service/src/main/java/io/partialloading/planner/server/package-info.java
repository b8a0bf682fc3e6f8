/**
 * The process: its settings, what it is made of, and its life from start to graceful stop. The only
 * place that knows Guice.
 */
@NullMarked
package io.partialloading.planner.server;

import org.jspecify.annotations.NullMarked;
