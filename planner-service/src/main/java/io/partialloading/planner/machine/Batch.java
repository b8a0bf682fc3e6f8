// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

import java.util.Arrays;

/**
 * Users of one model that are served together. The array is not to be modified.
 *
 * @param model the model
 * @param users the users, at least one, cheapest upload first
 */
public record Batch(int model, int[] users) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Batch batch
        && model == batch.model
        && Arrays.equals(users, batch.users);
  }

  @Override
  public int hashCode() {
    return 31 * model + Arrays.hashCode(users);
  }
}
