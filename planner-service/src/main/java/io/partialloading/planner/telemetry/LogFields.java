// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import java.util.Map;

/**
 * What a line of the log has beside its message, as the only parameter of its record.
 *
 * @param values numbers and texts by name, in their order
 */
record LogFields(Map<String, Object> values) {
  private static final LogFields NONE = new LogFields(Map.of());

  /** The fields of a record. */
  static LogFields of(java.util.logging.LogRecord line) {
    Object[] parameters = line.getParameters();
    return parameters != null && parameters.length == 1 && parameters[0] instanceof LogFields fields
        ? fields
        : NONE;
  }
}
