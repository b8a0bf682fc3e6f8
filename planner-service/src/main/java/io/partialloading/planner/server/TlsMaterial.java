// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.util.CertificateUtils;
import io.partialloading.planner.settings.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the TLS files hold.
 *
 * @param chain the server's certificate first, then those that link it to its CA
 * @param key the certificate's private key
 * @param clientCas the CAs that sign clients; empty if clients need no certificate
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientCas) {
  private static final String PEM_KEY = "-----BEGIN PRIVATE KEY-----";

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if one cannot be read or understood, or the key is not the
   *     certificate's; the message names the file
   */
  static TlsMaterial read(Tls files) {
    List<X509Certificate> chain = certificates("--tls-certificate", files.certificate());
    PrivateKey key = key(files.key());
    if (!signs(key, chain.get(0))) {
      throw new IllegalArgumentException(
          "--tls-key %s is not the key of --tls-certificate %s"
              .formatted(files.key(), files.certificate()));
    }
    return new TlsMaterial(
        chain,
        key,
        files.clientCa() == null ? List.of() : certificates("--tls-client-ca", files.clientCa()));
  }

  /** The server's own certificate. */
  X509Certificate certificate() {
    return chain.get(0);
  }

  private static List<X509Certificate> certificates(String option, Path file) {
    byte[] pem = content(option, file);
    X509Certificate[] certificates;
    try {
      certificates = CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "%s %s is not PEM of X.509 certificates".formatted(option, file), e);
    }
    if (certificates.length == 0) {
      throw new IllegalArgumentException("%s %s holds no certificate".formatted(option, file));
    }
    return List.of(certificates);
  }

  private static PrivateKey key(Path file) {
    byte[] pem = content("--tls-key", file);
    if (!new String(pem, StandardCharsets.ISO_8859_1).contains(PEM_KEY)) {
      throw new IllegalArgumentException(
          "--tls-key %s holds no %s (PKCS #8, not encrypted)".formatted(file, PEM_KEY));
    }
    try {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(pem));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--tls-key %s is not PEM of an RSA or EC key".formatted(file), e);
    }
  }

  private static byte[] content(String option, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("%s %s does not exist".formatted(option, file), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s %s cannot be read: %s".formatted(option, file, e.getMessage()), e);
    }
  }

  /** Whether what the key signs is verified with the certificate. */
  private static boolean signs(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature =
          Signature.getInstance(
              "RSA".equals(key.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // another algorithm, or another size
    }
  }
}
