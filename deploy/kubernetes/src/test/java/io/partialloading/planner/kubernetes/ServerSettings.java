// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server makes of a container's environment. */
class ServerSettings {

  private static final Pattern LINE = Pattern.compile("(?m)^([a-z0-9-]+) = (.*?) {2}# .*$");

  /** Those already asked for, by environment: a server takes a while to start. */
  private static final Map<Map<String, String>, Map<String, String>> KNOWN =
      new ConcurrentHashMap<>();

  private ServerSettings() {}

  /**
   * All settings by name, as {@code --print-config} tells them.
   *
   * @throws IllegalArgumentException if the server refuses them, such as a variable that it does
   *     not know
   */
  static Map<String, String> of(V1Container container) {
    Map<String, String> environment = new TreeMap<>();
    for (V1EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), expanded(value(variable, container), environment));
    }
    return KNOWN.computeIfAbsent(environment, ServerSettings::print);
  }

  private static Map<String, String> print(Map<String, String> environment) {
    ProcessBuilder server =
        new ProcessBuilder("java", "-jar", System.getProperty("server"), "--print-config")
            .redirectErrorStream(true);
    server.environment().keySet().removeIf(name -> name.startsWith("PLANNER_"));
    server.environment().putAll(environment);
    try {
      Process process = server.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalArgumentException(output);
      }
      Map<String, String> settings = new TreeMap<>();
      for (Matcher line = LINE.matcher(output); line.find(); ) {
        settings.put(line.group(1), line.group(2));
      }
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With references to variables that come before replaced, as the kubelet does. */
  private static String expanded(String value, Map<String, String> before) {
    String expanded = value;
    for (Map.Entry<String, String> variable : before.entrySet()) {
      expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    return expanded;
  }

  /**
   * As the kubelet would give it; of all that a value may come from, CPUs requested, rounded up.
   */
  private static String value(V1EnvVar variable, V1Container container) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    Quantity cpus = container.getResources().getRequests().get("cpu");
    if (variable.getValueFrom().getResourceFieldRef() == null || cpus == null) {
      throw new IllegalArgumentException("no value for " + variable.getName());
    }
    return cpus.getNumber().setScale(0, RoundingMode.CEILING).toPlainString();
  }
}
