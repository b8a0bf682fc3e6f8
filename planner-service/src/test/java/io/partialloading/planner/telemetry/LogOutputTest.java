// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.partialloading.planner.settings.Logging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogOutputTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private LogOutput log = install(Logging.Format.JSON, Logging.Level.INFO, out);

  private static LogOutput install(Logging.Format format, Logging.Level level, OutputStream out) {
    return LogOutput.install(new Logging(format, level, Logging.Calls.FAILURES), out);
  }

  private void reinstall(Logging.Format format, Logging.Level level) {
    log.close();
    log = install(format, level, out);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private JsonObject line() {
    assertEquals(1, lines().size(), lines()::toString);
    return JsonParser.parseString(lines().get(0)).getAsJsonObject();
  }

  private static LogRecord record(String message) {
    LogRecord record = new LogRecord(Level.INFO, message);
    record.setLoggerName("some.where.Test");
    return record;
  }

  @Test
  void json_hasTimeLevelLoggerAndMessage() {
    System.getLogger("some.where.Test").log(System.Logger.Level.WARNING, "look here");

    JsonObject line = line();
    assertEquals(java.util.Set.of("timestamp", "level", "logger", "message"), line.keySet());
    assertTrue(
        line.get("timestamp")
            .getAsString()
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
        line::toString);
    assertEquals("WARNING", line.get("level").getAsString());
    assertEquals("some.where.Test", line.get("logger").getAsString());
    assertEquals("look here", line.get("message").getAsString());
  }

  @Test
  void json_hostileText_staysInItsField() {
    String hostile = "a\"}\n{\"level\":\"ERROR\"}\u2028\u0000\u001b[31m\ud800\u202e";
    LogRecord record = record(hostile);
    record.setParameters(new Object[] {new LogFields(Map.of("label", hostile))});
    log.publish(record);

    JsonObject line = line();
    assertEquals("INFO", line.get("level").getAsString());
    assertEquals(hostile, line.get("label").getAsString());
    assertEquals(hostile, line.get("message").getAsString());
    assertFalse(lines().get(0).chars().anyMatch(Character::isISOControl));
    assertFalse(lines().get(0).matches(".*[\\p{Cf}\\p{Cs}].*"), lines()::toString);
  }

  @Test
  void json_exception_isOneField() {
    System.getLogger("some.where.Test")
        .log(System.Logger.Level.ERROR, "broken", new IOException("no\nway"));

    assertTrue(line().get("exception").getAsString().startsWith("java.io.IOException: no\nway"));
  }

  @Test
  void text_isOneLine() {
    reinstall(Logging.Format.TEXT, Logging.Level.INFO);
    LogRecord record = record("forged?\n2026 \u202eERROR other: gone");
    record.setParameters(new Object[] {new LogFields(Map.of("label", "a\nb\u2066"))});
    log.publish(record);

    assertEquals(1, lines().size());
    assertTrue(
        lines()
            .get(0)
            .endsWith(
                " INFO Test: forged?\\u000a2026 \\u202eERROR other: gone label=\"a\\nb\\u2066\""),
        lines()::toString);
  }

  @Test
  void level_belowTheOneAskedFor_isNotWritten() {
    reinstall(Logging.Format.TEXT, Logging.Level.WARNING);
    System.Logger logger = System.getLogger("some.where.Test");
    logger.log(System.Logger.Level.INFO, "no");
    logger.log(System.Logger.Level.WARNING, "yes");

    assertEquals(1, lines().size(), lines()::toString);
  }

  @Test
  void level_error_holdsForGrpcToo() {
    reinstall(Logging.Format.TEXT, Logging.Level.ERROR);
    Logger.getLogger("io.grpc.netty.NettyServerHandler").warning("no");

    assertEquals(0, lines().size(), lines()::toString);
  }

  @Test
  void level_debug_isWrittenButForGrpc() {
    reinstall(Logging.Format.TEXT, Logging.Level.DEBUG);
    System.getLogger("some.where.Test").log(System.Logger.Level.DEBUG, "yes");
    Logger.getLogger("io.grpc.netty.NettyServerHandler").fine("noise");
    Logger.getLogger("io.grpc.netty.NettyServerHandler").info("noise");

    assertEquals(1, lines().size(), lines()::toString);
  }

  @Test
  void flood_isCounted() {
    for (int i = 0; i < LogOutput.LINES_PER_SECOND + 7; i++) {
      log.publish(record("again"), 5 * SECOND);
    }
    assertEquals(LogOutput.LINES_PER_SECOND, lines().size());

    log.publish(record("later"), 6 * SECOND);

    assertEquals(LogOutput.LINES_PER_SECOND + 2, lines().size());
    assertTrue(
        lines().get(LogOutput.LINES_PER_SECOND).contains("7 lines of the log were left out"));
  }

  @Test
  void stream_thatFails_disturbsNobody() {
    log.close();
    log =
        install(
            Logging.Format.JSON,
            Logging.Level.INFO,
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("full");
              }
            });
    log.setErrorManager(
        new java.util.logging.ErrorManager() {
          @Override
          public synchronized void error(String message, Exception e, int code) {}
        });

    log.publish(record("lost"));
  }
}
