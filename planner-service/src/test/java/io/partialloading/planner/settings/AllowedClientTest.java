// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedClientTest {
  @ParameterizedTest
  @CsvSource({
    "ran.example, ran.example, true",
    "RAN.example, ran.EXAMPLE, true",
    "ran.example, a.ran.example, false",
    "*.ran.example, a.ran.example, true",
    "*.ran.example, ran.example, false",
    "*.ran.example, .ran.example, false",
    "*.ran.example, a.b.ran.example, false",
    "*.ran.example, a.other.example, false",
    "a.ran.example, *.ran.example, false",
    "spiffe://ran.example/a, ran.example, false",
  })
  void isDnsName_knowsTheNameOrOneLabelMore(String allowed, String client, boolean isMeant) {
    assertEquals(isMeant, new AllowedClient(allowed).isDnsName(client));
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://example/ran/a, spiffe://example/ran/a, true",
    "spiffe://example/ran/a, spiffe://example/ran/A, false",
    "spiffe://example/ran/a, spiffe://example/ran/a/b, false",
    "spiffe://example/ran/*, spiffe://example/ran/a, true",
    "spiffe://example/ran/*, spiffe://example/ran/a/b, true",
    "spiffe://example/ran/*, spiffe://example/ran/, false",
    "spiffe://example/ran/*, spiffe://example/ran, false",
    "spiffe://example/ran/*, spiffe://example/rank/a, false",
    "spiffe://example/ran/*, spiffe://example/ran/../admin, false",
    "spiffe://example/*, spiffe://example/ran/a, true",
    "spiffe://example/*, spiffe://example.org/ran/a, false",
    "ran.example, spiffe://ran.example, false",
  })
  void isUri_knowsTheIdOrThoseBelow(String allowed, String client, boolean isMeant) {
    assertEquals(isMeant, new AllowedClient(allowed).isUri(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "a_b.example", "xn--bcher-kva.example", "spiffe://example"})
  void name_ofEitherForm_isTaken(String name) {
    assertTrue(new AllowedClient(name).isDnsName(name) || new AllowedClient(name).isUri(name));
    assertFalse(new AllowedClient(name).isDnsName("other.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "a.*.example",
        "a*.example",
        "-a.example",
        "a..example",
        "10.0.0.1",
        "::1",
        "https://example/ran",
        "spiffe://",
        "spiffe://example/",
        "spiffe://example/a*",
        "spiffe://example/*/a",
        "spiffe://example/../a",
        "spiffe://EXAMPLE/a",
        "CN=ran",
      })
  void name_ofAnotherForm_isRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new AllowedClient(name));
  }
}
