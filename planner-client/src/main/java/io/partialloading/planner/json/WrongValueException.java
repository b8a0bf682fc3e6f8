// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

/**
 * A value that cannot be read. The message goes on after the value, such as {@code has no unit}.
 */
public final class WrongValueException extends Exception {
  WrongValueException(String message) {
    super(message);
  }
}
