// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.net.URI;

/**
 * Where traces go.
 *
 * @param endpoint URL of an OTLP receiver that speaks HTTP
 * @param sampleRatio which part of the calls is traced of those whose caller has not decided, 0 to
 *     1
 */
public record Tracing(URI endpoint, double sampleRatio) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the endpoint is no URL of HTTP, or the ratio is out of
   *     range
   */
  public Tracing {
    String scheme = endpoint.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || endpoint.getHost() == null) {
      throw wrongEndpoint(endpoint.toString());
    }
    if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
      throw new IllegalArgumentException(
          "--trace-sample-ratio %s is not 0 to 1".formatted(sampleRatio));
    }
  }

  static IllegalArgumentException wrongEndpoint(String endpoint) {
    return new IllegalArgumentException(
        "--otlp-endpoint %s is no URL such as http://collector:4318".formatted(endpoint));
  }
}
