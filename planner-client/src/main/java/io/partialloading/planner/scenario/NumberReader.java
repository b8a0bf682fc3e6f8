// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the numbers of a properties file. A fault does not end reading: the least value allowed
 * stands for what cannot be read, until {@link #finish} names every fault. Numbers are decimal, so
 * that what the file says arrives exactly.
 */
final class NumberReader {
  private static final int MOST_DECIMALS = 100;

  /** Reads one number of a key from a text, and notes what is wrong with it. */
  private interface Parser {
    BigDecimal parse(String key, String text, String least, String most);
  }

  private final Properties properties;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> unread;

  /** Reads a file's text. */
  NumberReader(String text) {
    properties =
        new Properties() {
          @Override
          public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
              faults.add(key + " is there more than once");
            }
            return super.put(key, value);
          }
        };
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of a string
    } catch (IllegalArgumentException e) {
      faults.add("a backslash and u must be followed by four hexadecimal digits");
    }
    unread = new TreeSet<>(properties.stringPropertyNames());
  }

  /** A number from {@code least} to {@code most}. */
  BigDecimal number(String key, String least, String most) {
    return parse(key, text(key, least), least, most);
  }

  double real(String key, String least, String most) {
    return number(key, least, most).doubleValue();
  }

  int whole(String key, String least, String most) {
    return parseWhole(key, text(key, least), least, most).intValueExact();
  }

  long wholeLong(String key, String least, String most) {
    return parseWhole(key, text(key, least), least, most).longValueExact();
  }

  /** A duration that the file states in milliseconds, to the nanosecond. */
  Duration milliseconds(String key, String least, String most) {
    BigDecimal milliseconds = parseMilliseconds(key, text(key, least), least, most);
    return Duration.ofNanos(milliseconds.scaleByPowerOfTen(6).longValueExact());
  }

  /** A share that the file states in per cent. */
  double percent(String key, String least, String most) {
    return number(key, least, most).scaleByPowerOfTen(-2).doubleValue();
  }

  /** Numbers with commas between them, each larger than the one before. */
  List<BigDecimal> increasing(String key, String least, String most) {
    return increasing(key, least, most, this::parse);
  }

  /** The same for durations in milliseconds, to the nanosecond. */
  List<BigDecimal> increasingMilliseconds(String key, String least, String most) {
    return increasing(key, least, most, this::parseMilliseconds);
  }

  /** The same for whole numbers. */
  List<Integer> increasingWhole(String key, String least, String most) {
    return increasing(key, least, most, this::parseWhole).stream()
        .map(BigDecimal::intValueExact)
        .toList();
  }

  private List<BigDecimal> increasing(String key, String least, String most, Parser parser) {
    List<BigDecimal> numbers = new ArrayList<>();
    // The limit keeps empty ends, which are faults.
    for (String text : text(key, least).split(",", -1)) {
      int before = faults.size();
      BigDecimal number = parser.parse(key, text.strip(), least, most);
      if (faults.size() == before
          && !numbers.isEmpty()
          && number.compareTo(numbers.get(numbers.size() - 1)) <= 0) {
        faults.add(key + ": " + text.strip() + " is not larger than the number before it");
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** Notes a fault that shows in several numbers together. */
  void fault(String fault) {
    faults.add(fault);
  }

  /**
   * Ends reading.
   *
   * @throws InvalidConstantsException if anything was wrong, or a key is left over
   */
  void finish() throws InvalidConstantsException {
    for (String key : unread) {
      faults.add(key + " = " + properties.getProperty(key) + ": there is no constant of this name");
    }
    if (!faults.isEmpty()) {
      throw new InvalidConstantsException(faults);
    }
  }

  private String text(String key, String least) {
    String text = properties.getProperty(key);
    if (text == null) {
      faults.add(key + " is missing");
      return least;
    }
    unread.remove(key);
    return text.strip();
  }

  private BigDecimal parse(String key, String text, String least, String most) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      faults.add(key + " = " + text + " is not a number");
      return new BigDecimal(least);
    }
    if (number.scale() > MOST_DECIMALS) {
      faults.add(key + " = " + text + " has more than " + MOST_DECIMALS + " decimals");
      return new BigDecimal(least);
    }
    // Compared before anything is made of it: a number may have any exponent.
    if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
      faults.add(key + " = " + text + " is not from " + least + " to " + most);
      return new BigDecimal(least);
    }
    return number;
  }

  private BigDecimal parseWhole(String key, String text, String least, String most) {
    BigDecimal number = parse(key, text, least, most);
    if (!isWhole(number)) {
      faults.add(key + " = " + text + " is not a whole number");
      return new BigDecimal(least);
    }
    return number;
  }

  private BigDecimal parseMilliseconds(String key, String text, String least, String most) {
    BigDecimal number = parse(key, text, least, most);
    if (!isWhole(number.scaleByPowerOfTen(6))) {
      faults.add(key + " = " + text + " is not a whole number of nanoseconds");
      return new BigDecimal(least);
    }
    return number;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
