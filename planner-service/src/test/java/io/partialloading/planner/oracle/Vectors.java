// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.oracle;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.PlanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The known cases: files NAME.request.json and NAME.expected.json among the test resources. */
final class Vectors {
  private static final String REQUEST = ".request.json";
  private static final String EXPECTED = ".expected.json";

  /**
   * A request and what must come out.
   *
   * @param name name of the case
   * @param request the request
   * @param expected the expected numbers by name
   */
  record Vector(String name, PlanRequest request, Map<String, Value> expected) {
    /** An expected number; empty where the case has none of that name. */
    OptionalLong number(String key) {
      Value value = expected.get(key);
      return value == null ? OptionalLong.empty() : OptionalLong.of((long) value.getNumberValue());
    }

    Optimum optimum() {
      return new Optimum(
          (int) number("optimalServedUserCount").orElseThrow(),
          number("optimalCompletionNs").orElseThrow());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Vectors() {}

  /** All cases by name; both files of each must be there. */
  static List<Vector> all() {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder())) {
      files.map(file -> file.getFileName().toString()).map(Vectors::nameOf).forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream().map(Vectors::named).toList();
  }

  private static String nameOf(String file) {
    for (String suffix : List.of(REQUEST, EXPECTED)) {
      if (file.endsWith(suffix)) {
        return file.substring(0, file.length() - suffix.length());
      }
    }
    throw new IllegalStateException(file + " is neither a request nor an expectation");
  }

  /** The case of that name. */
  static Vector named(String name) {
    try {
      PlanRequest.Builder request = PlanRequest.newBuilder();
      JsonFormat.parser().merge(Files.readString(folder().resolve(name + REQUEST)), request);
      Struct.Builder expected = Struct.newBuilder();
      JsonFormat.parser().merge(Files.readString(folder().resolve(name + EXPECTED)), expected);
      return new Vector(name, request.build(), expected.getFieldsMap());
    } catch (IOException e) {
      throw new UncheckedIOException("the files of " + name, e);
    }
  }

  private static Path folder() {
    try {
      URL url = Objects.requireNonNull(Vectors.class.getResource("/vectors"));
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
