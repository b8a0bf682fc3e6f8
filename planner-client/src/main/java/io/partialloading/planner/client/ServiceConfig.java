// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The service config that clients of all languages share, {@code proto/service-config.json}, in the
 * form in which gRPC takes it: maps, lists, texts and numbers.
 */
final class ServiceConfig {
  private static final String RESOURCE = "service-config.json";
  private static final TypeToken<Map<String, Object>> JSON_OBJECT = new TypeToken<>() {};

  /** The first attempt, a second one beside it, and one more for when a server dies meanwhile. */
  private static final double HEDGED_ATTEMPTS = 3;

  private ServiceConfig() {}

  /** A copy of the shared config as it is in the file. */
  static Map<String, Object> shared() {
    try (InputStream resource = ServiceConfig.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the library lacks its " + RESOURCE);
      }
      return new Gson().fromJson(new InputStreamReader(resource, UTF_8), JSON_OBJECT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets calls take so long, above 0, where the config limits them. */
  static void limitCalls(Map<String, Object> config, Duration deadline) {
    for (Map<String, Object> method : methodConfigs(config)) {
      method.computeIfPresent("timeout", (unused, timeout) -> seconds(deadline));
    }
  }

  /**
   * Hedges calls of Plan instead of retrying them. That another server refuses for overload says
   * nothing against the first, so it does not end the call; but it costs a token of the throttling,
   * which keeps hedges from adding to an overload.
   */
  static void hedgePlans(Map<String, Object> config, Duration delay) {
    List<Map<String, Object>> methodConfigs = methodConfigs(config);
    Map<String, Object> plan =
        Map.of(
            "service",
            PlannerServiceGrpc.SERVICE_NAME,
            "method",
            String.valueOf(PlannerServiceGrpc.getPlanMethod().getBareMethodName()));
    for (Map<String, Object> shared : List.copyOf(methodConfigs)) {
      if (names(shared).remove(plan)) {
        Map<String, Object> hedged = new HashMap<>(shared);
        hedged.put("name", List.of(plan));
        hedged.remove("retryPolicy");
        hedged.put(
            "hedgingPolicy",
            Map.of(
                "maxAttempts",
                HEDGED_ATTEMPTS,
                "hedgingDelay",
                seconds(delay),
                "nonFatalStatusCodes",
                List.of("UNAVAILABLE", "UNKNOWN", "RESOURCE_EXHAUSTED")));
        methodConfigs.add(hedged);
      }
    }
  }

  /** A duration as a service config writes it, such as {@code 0.02s}. */
  private static String seconds(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return seconds.stripTrailingZeros().toPlainString() + "s";
  }

  @SuppressWarnings("unchecked") // so the file is built, which a test checks
  private static List<Map<String, Object>> methodConfigs(Map<String, Object> config) {
    return (List<Map<String, Object>>)
        config.computeIfAbsent("methodConfig", k -> new ArrayList<>());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> names(Map<String, Object> methodConfig) {
    return (List<Map<String, Object>>) methodConfig.computeIfAbsent("name", k -> new ArrayList<>());
  }
}
