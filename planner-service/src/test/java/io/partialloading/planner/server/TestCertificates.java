// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A certificate authority, and what it has signed; made by the keytool of the JDK. */
final class TestCertificates {
  private static final String PASSWORD = "password";
  private static final String AUTHORITY = "authority";

  private final Path directory;
  private final Path keyStore;

  /**
   * A certificate with its key.
   *
   * @param chain PEM of the certificate and its authority's
   * @param key PEM of the key, PKCS #8
   */
  record Identity(String chain, String key) {
    /** Writes both as {@code tls.crt} and {@code tls.key}. */
    void writeTo(Path directory) throws IOException {
      Files.writeString(directory.resolve("tls.crt"), chain);
      Files.writeString(directory.resolve("tls.key"), key);
    }
  }

  /** A new authority, with its files in a directory. */
  TestCertificates(Path directory, String name) throws IOException, InterruptedException {
    this.directory = directory;
    this.keyStore = directory.resolve(name + ".p12");
    generate(AUTHORITY, name, List.of("-ext", "bc:critical=ca:true"));
  }

  /** PEM of the authority's certificate. */
  String pem() throws IOException, GeneralSecurityException {
    return pem(keyStore().getCertificate(AUTHORITY));
  }

  /**
   * A certificate signed by the authority.
   *
   * @param alternativeNames as keytool takes them, such as {@code dns:localhost}
   */
  Identity sign(String name, String... alternativeNames)
      throws IOException, InterruptedException, GeneralSecurityException {
    Stream<String> names =
        alternativeNames.length == 0
            ? Stream.of()
            : Stream.of("-ext", "san=" + String.join(",", alternativeNames));
    generate(name, name, Stream.concat(Stream.of("-signer", AUTHORITY), names).toList());
    KeyStore store = keyStore();
    return new Identity(
        Stream.of(store.getCertificateChain(name))
            .map(TestCertificates::pem)
            .collect(Collectors.joining()),
        pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  private void generate(String alias, String name, List<String> more)
      throws IOException, InterruptedException {
    Stream<String> command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-storetype",
            "PKCS12",
            "-keystore",
            keyStore.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            alias,
            "-dname",
            "CN=" + name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1");
    Path log = directory.resolve("keytool.log");
    int status =
        new ProcessBuilder(Stream.concat(command, more.stream()).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }

  private KeyStore keyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] content) {
    Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, base64.encodeToString(content), type);
  }
}
