// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import io.partialloading.planner.show.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration above 0 as people write it: a decimal number and a unit, such as {@code 700ms}. */
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(ns|us|ms|s|min)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration such as 700ms, 1.5s or 2min");
    }
    try {
      BigDecimal unit = BigDecimal.valueOf(Unit.of(matcher.group(2)).nanoseconds());
      long nanoseconds = new BigDecimal(matcher.group(1)).multiply(unit).longValueExact();
      if (nanoseconds == 0) {
        throw new TypeConversionException("'" + text + "' is not above 0");
      }
      return Duration.ofNanos(nanoseconds);
    } catch (ArithmeticException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number of nanoseconds below 2^63");
    }
  }
}
