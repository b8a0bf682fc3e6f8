/**
 * The gRPC edge: takes a call through reading, planning and writing, maps failures to statuses, and
 * turns deadlines and cancellation into a stop signal.
 */
@NullMarked
package io.partialloading.planner.service;

import org.jspecify.annotations.NullMarked;
