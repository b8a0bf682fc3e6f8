// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.paper;

import io.partialloading.planner.instance.Instance;

/** Load times as the paper plans them: nothing is on the GPU at the start. */
final class ColdGpu {
  private ColdGpu() {}

  /**
   * Time to load {@code model} after {@code previous}, or all of it after {@link Instance#START},
   * in ns, at most {@link Instance#NEVER}.
   */
  static long loadTime(Instance instance, int previous, int model) {
    return previous == Instance.START
        ? instance.wholeLoadTime(model)
        : instance.loadTime(previous, model);
  }
}
