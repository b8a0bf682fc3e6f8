// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.partialloading.planner.json.JsonText.Kind;
import io.partialloading.planner.json.JsonText.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text or word means as the value of a field. */
final class JsonScalars {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?");

  /** Most numbers, which need no more than an int. */
  private static final Pattern SHORT = Pattern.compile("0|[1-9][0-9]{0,8}");

  private static final BigInteger LARGEST_UINT32 = BigInteger.valueOf(0xffff_ffffL);
  private static final BigInteger LARGEST_UINT64 = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger LARGEST_INT32 = BigInteger.valueOf(Integer.MAX_VALUE);

  private JsonScalars() {}

  /** Whether a message is written as a text. */
  static boolean isText(Descriptor type) {
    return type.equals(Duration.getDescriptor()) || type.equals(Timestamp.getDescriptor());
  }

  /** Whether a token is a number with a fraction. */
  static boolean isFraction(Token token) {
    BigDecimal number = SHORT.matcher(token.text()).matches() ? null : number(token);
    return number != null && !isWhole(number);
  }

  /**
   * The value of a field, as builders take it. Numbers and truth may be in quotes, and a text of
   * digits without.
   *
   * @throws WrongValueException if the token is no such value; the message begins with the token
   */
  static Object value(FieldDescriptor field, Token token) throws WrongValueException {
    return switch (field.getType()) {
      case UINT32 -> (int) whole(token, LARGEST_UINT32);
      case UINT64 -> whole(token, LARGEST_UINT64);
      case DOUBLE -> real(token);
      case BOOL -> truth(token);
      case STRING -> text(token);
      case ENUM -> constant(field.getEnumType(), token);
      case MESSAGE -> time(field.getMessageType(), token);
      default -> throw new IllegalArgumentException("the contract has no " + field.getType());
    };
  }

  static WrongValueException wrong(Token token, String what) {
    return new WrongValueException(token.shown() + " is not " + what);
  }

  /** A whole number; as a long without a sign, where it is that large. */
  private static long whole(Token token, BigInteger largest) throws WrongValueException {
    if (SHORT.matcher(token.text()).matches()) {
      return Integer.parseInt(token.text());
    }
    BigDecimal number = number(token);
    // Compared before anything is made of it: a number may have any exponent.
    if (number == null
        || number.signum() < 0
        || number.compareTo(new BigDecimal(largest)) > 0
        || !isWhole(number)) {
      throw wrong(token, "a whole number from 0 to " + largest);
    }
    return number.toBigInteger().longValue();
  }

  private static double real(Token token) throws WrongValueException {
    if (isNumber(token)) {
      double real = Double.parseDouble(token.text());
      if (Double.isInfinite(real)) {
        throw new WrongValueException(token.shown() + " is beyond 1.8e308, the largest number");
      }
      return real;
    }
    String name =
        switch (token.text().toLowerCase(Locale.ROOT)) {
          case "nan" -> "NaN";
          case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
          case "-inf", "-infinity" -> "-Infinity";
          default -> throw wrong(token, "a number");
        };
    if (token.kind() == Kind.TEXT && token.text().equals(name)) {
      return Double.parseDouble(name);
    }
    throw new WrongValueException(
        "%s is not a number in JSON; write \"%s\", in quotes".formatted(token.shown(), name));
  }

  private static boolean truth(Token token) throws WrongValueException {
    return switch (token.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(token, "true or false");
    };
  }

  private static String text(Token token) throws WrongValueException {
    if (token.kind() == Kind.TEXT || isNumber(token)) {
      return token.text();
    }
    throw wrong(token, "a text in double quotes");
  }

  private static EnumValueDescriptor constant(EnumDescriptor type, Token token)
      throws WrongValueException {
    if (isNumber(token)) {
      return type.findValueByNumberCreatingIfUnknown((int) whole(token, LARGEST_INT32));
    }
    EnumNames names = new EnumNames(type);
    EnumValueDescriptor value = token.kind() == Kind.TEXT ? names.find(token.text()) : null;
    if (value == null) {
      String quotes = token.kind() == Kind.WORD ? "; names are in double quotes" : "";
      throw new WrongValueException(token.shown() + names.refusal(token.text()) + quotes);
    }
    return value;
  }

  private static Object time(Descriptor type, Token token) throws WrongValueException {
    boolean isDuration = type.equals(Duration.getDescriptor());
    if (token.kind() != Kind.TEXT) {
      throw wrong(
          token,
          isDuration
              ? "a duration in double quotes, such as \"700ms\""
              : "a time in double quotes, such as \"2026-07-01T12:00:00Z\"");
    }
    try {
      return isDuration ? TimeText.duration(token.text()) : TimeText.timestamp(token.text());
    } catch (WrongValueException e) {
      throw new WrongValueException(token.shown() + " " + e.getMessage());
    }
  }

  private static boolean isNumber(Token token) {
    return NUMBER.matcher(token.text()).matches();
  }

  private static @Nullable BigDecimal number(Token token) {
    return isNumber(token) ? new BigDecimal(token.text()) : null;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
