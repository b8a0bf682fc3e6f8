// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Reads what TLS needs, and says which file is wrong; gRPC says it of none, and late. */
final class PemFile {
  private PemFile() {}

  /**
   * The content of a file of certificates.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no certificate, or a broken one
   */
  static InputStream certificates(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(content))
          .isEmpty()) {
        throw new IllegalArgumentException(file + ": no certificates in PEM");
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + ": no certificates in PEM", e);
    }
    return new ByteArrayInputStream(content);
  }

  /**
   * The content of a file with a private key.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no key of the one form that Java reads by itself
   */
  static InputStream privateKey(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (!new String(content, ISO_8859_1).contains("-----BEGIN PRIVATE KEY-----")) {
      throw new IllegalArgumentException(
          file + ": no private key in PEM as unencrypted PKCS#8 (BEGIN PRIVATE KEY)");
    }
    return new ByteArrayInputStream(content);
  }
}
