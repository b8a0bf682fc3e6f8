/**
 * The command line: commands, options, files and exit codes, beginning with {@link
 * io.partialloading.planner.cli.PlannerCommand}.
 */
@NullMarked
package io.partialloading.planner.cli;

import org.jspecify.annotations.NullMarked;
