// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A subject alternative name that a client's certificate may bear: a DNS name, whose first label
 * may be {@code *} for any one label; or a SPIFFE ID, whose last segment may be {@code *} for any
 * path below. DNS names are compared without regard to case.
 *
 * @param name as the operator wrote it, DNS names in lower case
 */
public record AllowedClient(String name) {
  private static final String SPIFFE = "spiffe://";
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final String SEGMENT = "(?!\\.\\.?(/|$))[a-zA-Z0-9._-]+";

  // A last label of digits alone makes an IP address.
  private static final Pattern DNS_NAME =
      Pattern.compile("(\\*\\.)?(" + LABEL + "\\.)*(?![0-9]+$)" + LABEL);
  private static final Pattern SPIFFE_ID =
      Pattern.compile(SPIFFE + "[a-z0-9._-]+(/" + SEGMENT + ")*(/\\*)?");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is neither of the two forms
   */
  public AllowedClient {
    name = name.startsWith(SPIFFE) ? name : name.toLowerCase(Locale.ROOT);
    if (!DNS_NAME.matcher(name).matches() && !SPIFFE_ID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--tls-allowed-client '%s' is neither a DNS name nor a spiffe:// URI".formatted(name));
    }
  }

  /** Whether a certificate for this DNS name is meant. */
  public boolean isDnsName(String dnsName) {
    String client = dnsName.toLowerCase(Locale.ROOT);
    if (!name.startsWith("*.")) {
      return client.equals(name);
    }
    int firstDot = client.indexOf('.');
    return firstDot > 0 && client.substring(firstDot).equals(name.substring(1));
  }

  /** Whether a certificate for this URI is meant. */
  public boolean isUri(String uri) {
    return name.endsWith("/*")
        ? uri.startsWith(name.substring(0, name.length() - 1)) && SPIFFE_ID.matcher(uri).matches()
        : uri.equals(name);
  }
}
