// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Exact division to a whole number. */
final class Quotient {
  private Quotient() {}

  static BigInteger of(BigDecimal dividend, BigDecimal divisor, RoundingMode rounding) {
    return dividend.divide(divisor, 0, rounding).toBigInteger();
  }
}
