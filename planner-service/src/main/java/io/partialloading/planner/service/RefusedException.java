// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

/** A request was refused when work on it had begun. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  RefusedException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
