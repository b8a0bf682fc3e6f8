// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.Algorithm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An algorithm's name on the command line: the contract's without its prefix, in lower case. */
final class AlgorithmName implements ITypeConverter<Algorithm>, Iterable<String> {
  @Override
  public Algorithm convert(String text) {
    String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
    for (Algorithm algorithm : choices()) {
      if (of(algorithm).equals(wanted)) {
        return algorithm;
      }
    }
    throw new TypeConversionException("'" + text + "' is not one of " + String.join(", ", this));
  }

  @Override
  public Iterator<String> iterator() {
    return choices().stream().map(AlgorithmName::of).iterator();
  }

  /** How an algorithm is spelled here, such as {@code partial-loading-gen}. */
  static String of(Algorithm algorithm) {
    return Text.bareName(algorithm, "ALGORITHM_");
  }

  private static List<Algorithm> choices() {
    List<Algorithm> choices = new ArrayList<>(List.of(Algorithm.values()));
    choices.remove(Algorithm.ALGORITHM_UNSPECIFIED);
    choices.remove(Algorithm.UNRECOGNIZED);
    return choices;
  }
}
