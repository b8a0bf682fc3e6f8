// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.settings;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.wire.Limits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String TLS = "--tls-certificate c.pem --tls-key k.pem ";

  private static String fault(Map<String, String> environment, String args) {
    RuntimeException fault =
        assertThrows(
            RuntimeException.class,
            () -> TestSettings.of(environment, args.isEmpty() ? new String[0] : args.split(" ")));
    return String.valueOf(fault.getMessage());
  }

  @Test
  void defaults_areSafeAndUsable() {
    Settings settings = TestSettings.of();

    assertEquals("127.0.0.1", settings.listen().address().getHostString());
    assertEquals(50051, settings.listen().address().getPort());
    assertNull(settings.tls());
    assertEquals(50052, requireNonNull(settings.management()).getPort());
    assertEquals(
        new Telemetry(
            new InetSocketAddress("127.0.0.1", 9464),
            null,
            new Logging(Logging.Format.TEXT, Logging.Level.INFO, Logging.Calls.FAILURES)),
        settings.telemetry());
    assertEquals(Limits.DEFAULT, settings.limits());
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(
        new Planning(cores, 2048, Duration.ofMillis(500), 8192, 50, 40, Duration.ofMillis(50)),
        settings.planning());
    assertEquals(1 << 29, settings.planning().requestBytes(1 << 30), 100);
    assertEquals(Duration.ZERO, settings.life().drainNotice());
  }

  @Test
  void defaults_followOtherSettings() {
    Settings settings = TestSettings.of("--address=0.0.0.0", "--port=0", "--plaintext");

    assertEquals("0.0.0.0", requireNonNull(settings.management()).getHostString());
    assertEquals(0, requireNonNull(settings.management()).getPort());
    assertEquals(
        "0.0.0.0", requireNonNull(settings.telemetry().metrics()).getAddress().getHostAddress());
    assertEquals(0, requireNonNull(settings.telemetry().metrics()).getPort());
    assertEquals(Duration.ofSeconds(5), settings.life().drainNotice());
    assertEquals(3, TestSettings.of("--planning-threads=3").planning().threads());
  }

  @Test
  void managementPort_canBeSwitchedOff() {
    assertNull(TestSettings.of("--management-port=off").management());
  }

  @Test
  void metricsPort_canBeSwitchedOff() {
    assertNull(TestSettings.of("--metrics-port=off").telemetry().metrics());
  }

  @Test
  void metricsAddress_isThatOfManagement() {
    Settings settings = TestSettings.of("--management-address=127.0.0.2", "--management-port=off");

    assertEquals(new InetSocketAddress("127.0.0.2", 9464), settings.telemetry().metrics());
  }

  @Test
  void traces_needAnEndpoint_andAreAllSentByDefault() {
    assertEquals(
        new Tracing(URI.create("https://collector:4318/otlp"), 1.0),
        TestSettings.of("--otlp-endpoint=https://collector:4318/otlp").telemetry().tracing());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          --tls-certificate c.pem                 | --tls-certificate needs --tls-key
          --tls-key k.pem                         | --tls-key needs --tls-certificate
          --tls-client-ca ca.pem                  | --tls-client-ca needs --tls-certificate and --tls-key
          --tls-allowed-client a.b                | --tls-allowed-client needs --tls-client-ca
          TLS --tls-allowed-client a.b            | --tls-allowed-client needs --tls-client-ca
          TLS --plaintext                         | --plaintext contradicts --tls-certificate
          TLS --tls-client-ca ca --tls-allowed-client a..b | --tls-allowed-client 'a..b' is neither a DNS name nor a spiffe:// URI
          TLS --tls-reload-seconds 0              | --tls-reload-seconds 0 is not 1 to 86400
          --address 0.0.0.0                       | --address 0.0.0.0 is no loopback address: give --tls-certificate and --tls-key, or --plaintext
          --address no.such.host.invalid          | --address no.such.host.invalid is unknown
          --port 65536                            | --port 65536 is not 0 to 65535
          --port -1                               | --port -1 is not 0 to 65535
          --management-port 50051                 | --management-port 50051 is --port too
          --management-address 0.0.0.0 --management-port 50051 | --management-port 50051 is --port too
          --management-port on                    | --management-port 'on' is neither a port nor off
          --management-port 70000                 | --management-port 70000 is not 0 to 65535
          --management-address no.such.host.invalid | --management-address no.such.host.invalid is unknown
          --metrics-port 50051                    | --metrics-port 50051 is --port too
          --metrics-port 50052                    | --metrics-port 50052 is --management-port too
          --metrics-port on                       | --metrics-port 'on' is neither a port nor off
          --metrics-port 70000                    | --metrics-port 70000 is not 0 to 65535
          --metrics-address no.such.host.invalid  | --metrics-address no.such.host.invalid is unknown
          --trace-sample-ratio 0.5                | --trace-sample-ratio needs --otlp-endpoint
          --otlp-endpoint http://c:4318 --trace-sample-ratio 1.1 | --trace-sample-ratio 1.1 is not 0 to 1
          --otlp-endpoint http://c:4318 --trace-sample-ratio NaN | --trace-sample-ratio NaN is not 0 to 1
          --otlp-endpoint collector:4318          | --otlp-endpoint collector:4318 is no URL such as http://collector:4318
          --otlp-endpoint http:///v1              | --otlp-endpoint http:///v1 is no URL such as http://collector:4318
          --otlp-endpoint http://[                | --otlp-endpoint http://[ is no URL such as http://collector:4318
          --log-format xml                        | Invalid value for option '--log-format': expected one of [TEXT, JSON] (case-insensitive) but was 'xml'
          --log-level loud                        | Invalid value for option '--log-level': expected one of [ERROR, WARNING, INFO, DEBUG] (case-insensitive) but was 'loud'
          --log-calls some                        | Invalid value for option '--log-calls': expected one of [NONE, FAILURES, ALL] (case-insensitive) but was 'some'
          --planning-threads 0                    | --planning-threads 0 is not 1 to 1024
          --max-queued-calls -1                   | --max-queued-calls -1 is not 1 to 1000000
          --max-wait-ms 0                         | --max-wait-ms 0 is not 1 to 60000
          --max-calls 0                           | --max-calls 0 is not 1 to 1000000
          --request-heap-percent 91               | --request-heap-percent 91 is not 1 to 90
          --answer-reserve-percent 91             | --answer-reserve-percent 91 is not 0 to 90
          --max-answer-reserve-ms -1              | --max-answer-reserve-ms -1 is not 0 to 60000
          --max-calls-per-connection 0            | --max-calls-per-connection 0 is not 1 to 2147483647
          --max-metadata-bytes 1023               | --max-metadata-bytes 1023 is not 1024 to 1048576
          --max-connection-age-seconds 0          | --max-connection-age-seconds 0 is not 1 to 86400
          --max-connection-age-grace-seconds -1   | --max-connection-age-grace-seconds -1 is not 0 to 86400
          --max-resets-per-second 0               | --max-resets-per-second 0 is not 1 to 2147483647
          --handshake-timeout-seconds 0           | --handshake-timeout-seconds 0 is not 1 to 86400
          --keepalive-seconds 9                   | --keepalive-seconds 9 is not 10 to 86400
          --keepalive-timeout-seconds 0           | --keepalive-timeout-seconds 0 is not 1 to 86400
          --min-client-keepalive-seconds 0        | --min-client-keepalive-seconds 0 is not 1 to 86400
          --warm-up-seconds -1                    | --warm-up-seconds -1 is not 0 to 86400
          --drain-notice-seconds -1               | --drain-notice-seconds -1 is not 0 to 86400
          --drain-seconds 86401                   | --drain-seconds 86401 is not 0 to 86400
          --max-users 0                           | --max-users 0 is not 1 to 2147483647
          --max-models 0                          | --max-models 0 is not 1 to 2147483647
          --max-blocks 0                          | --max-blocks 0 is not 1 to 2147483647
          --max-block-references 0                | --max-block-references 0 is not 1 to 2147483647
          --max-table-entries 0                   | --max-table-entries 0 is not 1 to 2147483647
          --max-message-bytes 0                   | --max-message-bytes 0 is not 1 to 2147483647
          """,
      delimiter = '|')
  void wrongSetting_isNamed(String args, String message) {
    assertEquals(message, fault(Map.of(), args.replace("TLS ", TLS)));
  }

  @Test
  void equalPorts_onAddressesOfTheirOwn_areFine() {
    assertNotNull(
        TestSettings.of("--management-address=127.0.0.2", "--management-port=50051").management());
  }

  @ParameterizedTest
  @CsvSource({
    "address, 127.0.0.3",
    "port, 6000",
    "plaintext, true",
    "reflection, false",
    "tls-reload-seconds, 7",
    "management-address, 127.0.0.3",
    "management-port, 6001",
    "planning-threads, 5",
    "max-queued-calls, 6",
    "max-wait-ms, 22",
    "max-calls, 23",
    "request-heap-percent, 24",
    "answer-reserve-percent, 25",
    "max-answer-reserve-ms, 26",
    "max-calls-per-connection, 7",
    "max-metadata-bytes, 9000",
    "max-resets-per-second, 9001",
    "handshake-timeout-seconds, 21",
    "max-connection-age-seconds, 8",
    "max-connection-age-grace-seconds, 9",
    "keepalive-seconds, 10",
    "keepalive-timeout-seconds, 11",
    "min-client-keepalive-seconds, 12",
    "warm-up-seconds, 13",
    "drain-notice-seconds, 14",
    "drain-seconds, 15",
    "metrics-address, 127.0.0.3",
    "metrics-port, 6002",
    "otlp-endpoint, http://127.0.0.1:4318",
    "log-format, json",
    "log-level, debug",
    "log-calls, all",
    "max-users, 16",
    "max-models, 17",
    "max-blocks, 18",
    "max-block-references, 19",
    "max-table-entries, 20",
    "max-message-bytes, 21",
  })
  void environmentVariable_standsForItsOption(String name, String value) {
    String variable = "PLANNER_" + name.toUpperCase().replace('-', '_');

    List<String> printed = TestSettings.printed(Map.of(variable, value));

    assertTrue(printed.contains(name + " = " + value + "  # " + variable), printed::toString);
  }

  @Test
  void environmentVariables_ofTls_standForTheirOptions() {
    List<String> printed =
        TestSettings.printed(
            Map.of(
                "PLANNER_TLS_CERTIFICATE", "${sys:user.home}",
                "PLANNER_TLS_KEY", "k.pem",
                "PLANNER_TLS_CLIENT_CA", "ca.pem",
                "PLANNER_TLS_ALLOWED_CLIENT", "*.ran.example,spiffe://example/ran/*"));

    assertTrue(
        printed.containsAll(
            List.of(
                "tls-certificate = ${sys:user.home}  # PLANNER_TLS_CERTIFICATE",
                "tls-key = k.pem  # PLANNER_TLS_KEY",
                "tls-client-ca = ca.pem  # PLANNER_TLS_CLIENT_CA",
                "tls-allowed-client = *.ran.example,spiffe://example/ran/*"
                    + "  # PLANNER_TLS_ALLOWED_CLIENT")),
        printed::toString);
  }

  @Test
  void flag_goesBeforeItsVariable() {
    List<String> printed =
        TestSettings.printed(
            Map.of("PLANNER_MAX_USERS", "1", "PLANNER_REFLECTION", "true"),
            "--max-users=2",
            "--no-reflection");

    assertTrue(printed.contains("max-users = 2  # --max-users"), printed::toString);
    assertTrue(printed.contains("reflection = false  # --reflection"), printed::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "PLANNER_PROT, 1, environment variable PLANNER_PROT is unknown; is PLANNER_PORT meant?",
    "PLANNER_MANAGMENT_PORT, 1,"
        + " environment variable PLANNER_MANAGMENT_PORT is unknown; is PLANNER_MANAGEMENT_PORT"
        + " meant?",
    "PLANNER_TLS_CLIENT_CA, '', environment variable PLANNER_TLS_CLIENT_CA is empty",
    "PLANNER_PORT, abc, Invalid value for option '--port': 'abc' is not an int",
    "PLANNER_PORT, tcp://10.0.0.1:50051, environment variable PLANNER_PORT is"
        + " tcp://10.0.0.1:50051: Kubernetes sets it for a Service of that name; set"
        + " enableServiceLinks: false in the pod",
  })
  void wrongVariable_isNamed(String name, String value, String message) {
    assertEquals(message, fault(Map.of(name, value), ""));
  }

  @Test
  void otherVariables_areLeftAlone() {
    Settings settings =
        TestSettings.of(
            Map.of(
                "HOME", "",
                "PLANNERS", "",
                "PLANNER_WEST_PORT", "tcp://10.0.0.1:50051",
                "PLANNER_WEST_SERVICE_HOST", "10.0.0.1",
                "PLANNER_WEST_SERVICE_PORT", "50051",
                "PLANNER_WEST_SERVICE_PORT_GRPC", "50051",
                "PLANNER_WEST_PORT_50051_TCP", "tcp://10.0.0.1:50051",
                "PLANNER_WEST_PORT_50051_TCP_ADDR", "10.0.0.1"));

    assertEquals(TestSettings.of(), settings);
  }
}
