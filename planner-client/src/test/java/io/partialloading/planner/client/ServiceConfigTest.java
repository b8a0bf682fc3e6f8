// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolver.ConfigOrError;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {
  private static final Path FILE = Path.of("../proto/service-config.json");

  @Test
  void shared_isTheFileThatOtherLanguagesUse() throws Exception {
    JsonElement file = JsonParser.parseString(Files.readString(FILE));
    assertEquals(file, new Gson().toJsonTree(ServiceConfig.shared()));
  }

  @Test
  void shared_limitedToTheDefaultDeadline_isUnchanged() {
    Map<String, Object> config = ServiceConfig.shared();
    ServiceConfig.limitCalls(config, PlannerClient.DEFAULT_DEADLINE);
    assertEquals(ServiceConfig.shared(), config);
  }

  @Test
  void shared_configuresEveryMethodOnce() throws Exception {
    List<String> names =
        methodConfigs().stream()
            .flatMap(config -> config.getAsJsonArray("name").asList().stream())
            .map(JsonElement::getAsJsonObject)
            .map(name -> name.get("service").getAsString() + "/" + name.get("method").getAsString())
            .sorted()
            .toList();
    Set<String> methods = new TreeSet<>();
    for (MethodDescriptor<?, ?> method : PlannerServiceGrpc.getServiceDescriptor().getMethods()) {
      methods.add(method.getFullMethodName());
    }
    assertEquals(List.copyOf(methods), names);
  }

  /** A stream lasts as long as its controller. */
  @Test
  void shared_limitsCallsOfOneAnswerOnly() throws Exception {
    for (JsonObject config : methodConfigs()) {
      boolean stream = config.get("name").toString().contains("StreamPlans");
      assertEquals(!stream, config.has("timeout"), config::toString);
    }
  }

  @Tag("socket")
  @Test
  void shared_isAcceptedByGrpc() throws Exception {
    try (Replicas replicas = new Replicas()) {
      ConfigOrError parsed = replicas.parse(ServiceConfig.shared());
      assertNull(parsed.getError(), () -> String.valueOf(parsed.getError()));
      assertNotNull(parsed.getConfig());
    }
  }

  @Tag("socket")
  @Test
  void hedged_isAcceptedByGrpc() throws Exception {
    Map<String, Object> config = ServiceConfig.shared();
    ServiceConfig.limitCalls(config, Duration.ofNanos(1));
    ServiceConfig.hedgePlans(config, Duration.ofMillis(7));
    try (Replicas replicas = new Replicas()) {
      ConfigOrError parsed = replicas.parse(config);
      assertNull(parsed.getError(), () -> String.valueOf(parsed.getError()));
    }
  }

  @Test
  void hedged_changesPlanAlone() {
    Map<String, Object> config = ServiceConfig.shared();
    ServiceConfig.hedgePlans(config, Duration.ofMillis(7));
    JsonObject tree = new Gson().toJsonTree(config).getAsJsonObject();
    for (JsonElement element : tree.getAsJsonArray("methodConfig")) {
      JsonObject method = element.getAsJsonObject();
      boolean plan = method.get("name").toString().contains("\"Plan\"");
      assertEquals(plan, method.has("hedgingPolicy"), method::toString);
      assertEquals(!plan, method.has("retryPolicy"), method::toString);
      if (plan) {
        assertEquals(1, method.getAsJsonArray("name").size());
        assertEquals("30s", method.get("timeout").getAsString());
        assertEquals(
            "0.007s", method.getAsJsonObject("hedgingPolicy").get("hedgingDelay").getAsString());
      }
    }
    assertFalse(ServiceConfig.shared().equals(config));
  }

  @Test
  void limitCalls_writesSecondsAsGrpcReadsThem() {
    assertEquals("90s", timeout(Duration.ofSeconds(90)));
    assertEquals("0.000000001s", timeout(Duration.ofNanos(1)));
    assertEquals("1.5s", timeout(Duration.ofMillis(1500)));
    assertEquals("100s", timeout(Duration.ofSeconds(100)));
  }

  private static String timeout(Duration deadline) {
    Map<String, Object> config = ServiceConfig.shared();
    ServiceConfig.limitCalls(config, deadline);
    JsonObject tree = new Gson().toJsonTree(config).getAsJsonObject();
    return tree.getAsJsonArray("methodConfig")
        .get(0)
        .getAsJsonObject()
        .get("timeout")
        .getAsString();
  }

  private static List<JsonObject> methodConfigs() throws Exception {
    return JsonParser.parseString(Files.readString(FILE))
        .getAsJsonObject()
        .getAsJsonArray("methodConfig")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
