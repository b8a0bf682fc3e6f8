// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.bench;

import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.PlanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The test vectors as requests. */
final class VectorRequests {
  private VectorRequests() {}

  static PlanRequest read(String name) {
    String resource = "/vectors/" + name + ".request.json";
    try (InputStream stream = VectorRequests.class.getResourceAsStream(resource)) {
      PlanRequest.Builder request = PlanRequest.newBuilder();
      JsonFormat.parser().merge(new InputStreamReader(stream, StandardCharsets.UTF_8), request);
      return request.build();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
