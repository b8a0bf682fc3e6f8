// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Message;

/** A message to work on, and how complaints and titles call it. */
record Named<T extends Message>(String name, T message) {}
