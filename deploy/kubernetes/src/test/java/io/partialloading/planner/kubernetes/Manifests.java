// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.ModelMapper;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Rendered manifests, read as the API's types.
 *
 * @param objects those of Kubernetes itself
 * @param custom those of the operators that the components are for; their types are not at hand
 */
record Manifests(List<Object> objects, List<JsonObject> custom) {

  private static final Set<String> CUSTOM_VERSIONS =
      Set.of("cert-manager.io/v1", "monitoring.coreos.com/v1");

  /**
   * Reads a stream of YAML documents.
   *
   * @throws IllegalArgumentException if a document is not what its kind allows: an unknown kind or
   *     field, a missing field, a wrong type or quantity
   */
  static Manifests parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Object> objects = new ArrayList<>();
    List<JsonObject> custom = new ArrayList<>();
    for (Object document :
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      JsonObject json = new Gson().toJsonTree(document).getAsJsonObject();
      if (CUSTOM_VERSIONS.contains(json.get("apiVersion").getAsString())) {
        custom.add(json);
      } else {
        objects.add(strictly(json));
      }
    }
    return new Manifests(objects, custom);
  }

  /**
   * Validation knows of fields that are unknown or missing, loading knows of lists, objects and
   * quantities; that a string stands where a number or a truth value should shows in what the API
   * would be sent.
   */
  private static Object strictly(JsonObject json) {
    String[] version = ("/" + json.get("apiVersion").getAsString()).split("/");
    String group = version.length == 3 ? version[1] : "";
    Class<?> type =
        ModelMapper.getApiTypeClass(
            group, version[version.length - 1], json.get("kind").getAsString());
    if (type == null) {
      throw new IllegalArgumentException("unknown kind: " + json);
    }
    try {
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      Object object = Yaml.load(json.toString());
      requireSame("", json, JSON.getGson().toJsonTree(object));
      return object;
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    } catch (IOException | ReflectiveOperationException | YAMLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void requireSame(String path, JsonElement written, JsonElement read) {
    if (written.isJsonObject() && read.isJsonObject()) {
      for (Map.Entry<String, JsonElement> field : written.getAsJsonObject().entrySet()) {
        JsonElement there = read.getAsJsonObject().get(field.getKey());
        requireSame(
            path + "." + field.getKey(),
            field.getValue(),
            there == null ? JsonNull.INSTANCE : there);
      }
    } else if (written.isJsonArray() && read.isJsonArray()) {
      for (int i = 0; i < written.getAsJsonArray().size(); i++) {
        requireSame(
            path + "[" + i + "]", written.getAsJsonArray().get(i), read.getAsJsonArray().get(i));
      }
    } else if (!written.equals(read)) {
      throw new IllegalArgumentException(path + " is " + written + ", and read as " + read);
    }
  }

  <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<JsonObject> custom(String kind) {
    return custom.stream().filter(object -> object.get("kind").getAsString().equals(kind)).toList();
  }
}
