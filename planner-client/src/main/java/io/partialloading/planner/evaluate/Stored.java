// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

/** What a file of a setting is good for. */
sealed interface Stored {
  /** There is none. */
  record Absent() implements Stored {}

  /** It has what is wanted. */
  record Usable(Point point) implements Stored {}

  /** It has not, and the setting must be measured again. */
  record Unusable(String why) implements Stored {}
}
