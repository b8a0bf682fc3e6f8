// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.StreamPlansRequest;
import java.io.IOException;

/**
 * Which parts that later requests of a stream may leave out a request has, found without parsing
 * it. Of a request that is refused unread this is all that is known.
 *
 * @param library whether it has a library
 * @param server whether it has a server
 */
record SentParts(boolean library, boolean server) {
  /** Of what is no request it cannot be said. */
  static final SentParts ANY = new SentParts(true, true);

  private static final int REQUEST =
      StreamPlansRequest.REQUEST_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  /** Far more than a request has; so a message of nothing but fields takes no time. */
  private static final int MOST_FIELDS = 64;

  /** The parts in a serialised {@link StreamPlansRequest}; {@link #ANY} if it is malformed. */
  static SentParts of(CodedInputStream input) {
    boolean hasLibrary = false;
    boolean hasServer = false;
    try {
      boolean isInRequest = false;
      for (int i = 0; i < MOST_FIELDS; i++) {
        int tag = input.readTag();
        int field = WireFormat.getTagFieldNumber(tag);
        if (tag == 0) {
          if (!isInRequest) {
            return new SentParts(hasLibrary, hasServer);
          }
          input.popLimit(Integer.MAX_VALUE);
          isInRequest = false;
        } else if (!isInRequest && tag == REQUEST) {
          input.pushLimit(input.readRawVarint32());
          isInRequest = true;
        } else {
          hasLibrary |= isInRequest && field == PlanRequest.BLOCK_LIBRARY_FIELD_NUMBER;
          hasServer |= isInRequest && field == PlanRequest.EDGE_SERVER_FIELD_NUMBER;
          input.skipField(tag);
        }
      }
      return ANY;
    } catch (IOException e) {
      return ANY;
    }
  }
}
