// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the values of an enum of the contract are spelled: as in the contract, such as {@code
 * ALGORITHM_PARTIAL_LOADING_GEN}, or without the enum's name, in any case and with {@code -} or
 * {@code _}, such as {@code partial-loading-gen}.
 *
 * @param type the enum; its value 0 is unspecified, which is no choice
 */
public record EnumNames(EnumDescriptor type) {
  private static final String UNSPECIFIED = "UNSPECIFIED";

  /** The value of a name; null if there is none. */
  public @Nullable EnumValueDescriptor find(String text) {
    String wanted = spelled(text);
    for (EnumValueDescriptor value : type.getValues()) {
      if (spelled(value.getName()).equals(wanted) || bareName(value).equals(wanted)) {
        return value;
      }
    }
    return null;
  }

  /** The short names, without unspecified, in the contract's order. */
  public List<String> choices() {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(this::bareName)
        .toList();
  }

  /** What is wrong with a name that has no value. */
  public String refusal(String text) {
    List<String> choices = choices();
    return " is not one of " + String.join(", ", choices) + Suggestion.of(text, choices);
  }

  private String bareName(EnumValueDescriptor value) {
    String unspecified = type.getValues().get(0).getName();
    int prefix = unspecified.length() - UNSPECIFIED.length();
    return spelled(value.getName().substring(prefix));
  }

  private static String spelled(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
