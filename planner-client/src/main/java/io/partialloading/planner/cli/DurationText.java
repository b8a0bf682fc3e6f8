// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.json.TimeText;
import io.partialloading.planner.json.WrongValueException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration above 0 as people write it: a decimal number and a unit, such as {@code 700ms}. */
final class DurationText implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      com.google.protobuf.Duration duration = TimeText.duration(text);
      long nanoseconds = Duration.ofSeconds(duration.getSeconds(), duration.getNanos()).toNanos();
      if (nanoseconds <= 0) {
        throw new TypeConversionException("'" + text + "' is not above 0");
      }
      return Duration.ofNanos(nanoseconds);
    } catch (WrongValueException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is not below 2^63 ns");
    }
  }
}
