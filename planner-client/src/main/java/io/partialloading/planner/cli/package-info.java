/**
 * The command line: plans request files, on a server or in this process, and generates requests.
 * Also puts a server under load. The only room of this module that knows the service, to embed it.
 * Begin with {@link io.partialloading.planner.cli.PlannerCommand}.
 */
@NullMarked
package io.partialloading.planner.cli;

import org.jspecify.annotations.NullMarked;
