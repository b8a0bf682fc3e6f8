// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.scenario.SharingKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A scenario's name on the command line: it is called after how its models share layers. */
final class SharingKindName implements ITypeConverter<SharingKind> {
  @Override
  public SharingKind convert(String text) {
    for (SharingKind kind : SharingKind.values()) {
      if (kind.id().equals(text)) {
        return kind;
      }
    }
    throw new TypeConversionException("'" + text + "' is neither bottom-layer nor general");
  }
}
