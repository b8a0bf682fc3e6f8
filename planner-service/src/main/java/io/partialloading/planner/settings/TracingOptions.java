// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where traces go. */
final class TracingOptions {
  @Option(
      names = "--otlp-endpoint",
      paramLabel = "URL",
      description =
          "Send traces to this receiver of OTLP over HTTP, such as http://collector:4318."
              + " Turns tracing on.")
  private @Nullable String endpoint;

  @Option(
      names = "--trace-sample-ratio",
      paramLabel = "RATIO",
      description =
          "Part of the calls to trace, 0 to 1, where the caller has not decided. By default 1.")
  private @Nullable Double sampleRatio;

  /** Null without traces. */
  @Nullable Tracing settings() {
    if (endpoint == null) {
      if (sampleRatio != null) {
        throw new IllegalArgumentException("--trace-sample-ratio needs --otlp-endpoint");
      }
      return null;
    }
    if (sampleRatio == null) {
      sampleRatio = 1.0;
    }
    try {
      return new Tracing(new URI(endpoint), sampleRatio);
    } catch (URISyntaxException e) {
      throw Tracing.wrongEndpoint(endpoint);
    }
  }
}
