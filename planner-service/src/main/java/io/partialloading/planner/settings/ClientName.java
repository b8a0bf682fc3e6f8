// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A DNS name or URI that a client's certificate bears as subject alternative name.
 *
 * @param isUri whether it is a URI
 * @param text the name as it is in the certificate
 */
public record ClientName(boolean isUri, String text) {
  // Types of names in X509Certificate#getSubjectAlternativeNames.
  private static final int DNS_NAME = 2;
  private static final int URI = 6;

  /**
   * The names of a certificate, in its order.
   *
   * @throws CertificateParsingException if they cannot be read
   */
  public static List<ClientName> of(X509Certificate certificate)
      throws CertificateParsingException {
    List<ClientName> names = new ArrayList<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
      int type = (Integer) alternative.get(0);
      if (type == DNS_NAME || type == URI) {
        names.add(new ClientName(type == URI, (String) alternative.get(1)));
      }
    }
    return names;
  }
}
