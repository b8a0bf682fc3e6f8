/**
 * The border between the contract and the planner: reads a request into an instance with all its
 * faults collected, and writes a plan into a response. The only place that knows both vocabularies.
 */
@NullMarked
package io.partialloading.planner.wire;

import org.jspecify.annotations.NullMarked;
