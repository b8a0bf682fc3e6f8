// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/** A request is larger than the server's limits. */
public final class RequestTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RequestTooLargeException(String field, long size, String unit, long limit) {
    super("%s: %d %s exceed this server's limit of %d".formatted(field, size, unit, limit));
  }
}
