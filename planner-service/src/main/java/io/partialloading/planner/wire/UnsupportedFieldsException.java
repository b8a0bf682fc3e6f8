package io.partialloading.planner.wire;

import java.util.List;

/** A request uses fields of the contract that this server does not support. */
public final class UnsupportedFieldsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** As many paths as fit in a message. */
  private static final int MAX_NAMED = 10;

  UnsupportedFieldsException(List<String> fields, int fieldCount) {
    super(
        "not supported by this server: "
            + String.join(", ", fields.subList(0, Math.min(fields.size(), MAX_NAMED)))
            + (fieldCount > MAX_NAMED ? " and " + (fieldCount - MAX_NAMED) + " more" : ""));
  }
}
