// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.partialloading.planner.json.EnumNames;
import io.partialloading.planner.v1.Algorithm;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An algorithm's name on the command line, such as {@code partial-loading-gen}. */
final class AlgorithmName implements ITypeConverter<Algorithm>, Iterable<String> {
  private static final EnumNames NAMES = new EnumNames(Algorithm.getDescriptor());

  @Override
  public Algorithm convert(String text) {
    EnumValueDescriptor value = NAMES.find(text);
    if (value == null || value.getNumber() == 0) {
      throw new TypeConversionException("'" + text + "'" + NAMES.refusal(text));
    }
    return Algorithm.valueOf(value);
  }

  @Override
  public Iterator<String> iterator() {
    return NAMES.choices().iterator();
  }
}
