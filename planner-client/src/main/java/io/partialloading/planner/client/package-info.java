/**
 * A client of the planner service for Java programs: a channel, a deadline and typed errors around
 * the generated stub. Depends on the contract alone. Begin with {@link
 * io.partialloading.planner.client.PlannerClient}.
 */
@NullMarked
package io.partialloading.planner.client;

import org.jspecify.annotations.NullMarked;
