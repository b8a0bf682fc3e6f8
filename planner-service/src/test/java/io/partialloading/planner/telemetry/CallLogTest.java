// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Status;
import io.opentelemetry.api.trace.SpanContext;
import io.partialloading.planner.queue.RefusalReason;
import io.partialloading.planner.settings.Logging;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LogOutput output =
      LogOutput.install(
          new Logging(Logging.Format.JSON, Logging.Level.INFO, Logging.Calls.FAILURES), out);
  private CallLog log = new CallLog(Logging.Calls.FAILURES);

  @AfterEach
  void close() {
    log.close();
    output.close();
  }

  private List<JsonObject> lines() {
    log.writeLines();
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static CallLine line(Status.Code code, String label) {
    return new CallLine(
        "Plan",
        code,
        1_234_567,
        new CallLine.Facts(label, 56_789, 80, 75),
        Peer.UNKNOWN,
        SpanContext.getInvalid());
  }

  @Test
  void failure_hasALine() {
    log.ended(line(Status.Code.INVALID_ARGUMENT, "cell 7"));

    assertEquals(
        JsonParser.parseString(
            """
            {"level": "INFO", "logger": "io.partialloading.planner.calls", "message": "call failed",
             "rpc": "Plan", "status": "INVALID_ARGUMENT", "duration_ms": 1.235, "wait_ms": 0.057,
             "label": "cell 7", "users": 80, "served": 75}
            """),
        withoutTime(lines().get(0)));
  }

  private static JsonObject withoutTime(JsonObject line) {
    line.remove("timestamp");
    return line;
  }

  @Test
  void failure_ofTheServer_isAWarning() {
    log.ended(line(Status.Code.INTERNAL, ""));

    assertEquals("WARNING", lines().get(0).get("level").getAsString());
    assertFalse(lines().get(0).has("label"));
  }

  @Test
  void label_thatIsLong_isCut() {
    log.ended(line(Status.Code.CANCELLED, "x".repeat(127) + "\ud83d\ude00" + "y".repeat(100_000)));

    assertEquals("x".repeat(127) + "...", lines().get(0).get("label").getAsString());
  }

  @Test
  void success_hasNoLine_unlessAllAreAskedFor() {
    log.ended(line(Status.Code.OK, ""));
    assertEquals(0, lines().size());

    log.close();
    log = new CallLog(Logging.Calls.ALL);
    log.ended(line(Status.Code.OK, ""));
    assertEquals("DEBUG", lines().get(0).get("level").getAsString());
  }

  @Test
  void nothing_isWritten_ifNoneIsAskedFor() {
    log.close();
    log = new CallLog(Logging.Calls.NONE);
    log.ended(line(Status.Code.INTERNAL, ""));
    log.refused(RefusalReason.QUEUE_FULL);
    log.writeCounts();

    assertEquals(0, lines().size());
  }

  @Test
  void refusals_areOneLineASecond() {
    for (int i = 0; i < 5_000; i++) {
      log.refused(i % 5 == 0 ? RefusalReason.DEADLINE : RefusalReason.QUEUE_FULL);
    }
    assertEquals(0, lines().size());

    log.writeCounts();
    log.writeCounts();

    assertEquals(1, lines().size());
    assertEquals(4_000, lines().get(0).get("queue_full").getAsInt());
    assertEquals(1_000, lines().get(0).get("deadline").getAsInt());
  }

  @Test
  void failures_beyondAFewASecond_areCounted() {
    for (int i = 0; i < 3_000; i++) {
      log.ended(line(Status.Code.INVALID_ARGUMENT, ""));
    }
    log.writeCounts();

    assertEquals(CallLog.FAILURES_PER_SECOND + 1, lines().size());
    assertTrue(
        lines().stream()
            .anyMatch(
                line ->
                    line.has("INVALID_ARGUMENT")
                        && line.get("INVALID_ARGUMENT").getAsInt()
                            == 3_000 - CallLog.FAILURES_PER_SECOND));

    log.ended(line(Status.Code.INVALID_ARGUMENT, ""));
    assertEquals(CallLog.FAILURES_PER_SECOND + 2, lines().size());
  }

  @Test
  void close_writesWhatIsLeft() {
    log.start();
    log.ended(line(Status.Code.INTERNAL, ""));
    log.refused(RefusalReason.CALLS);
    log.close();

    assertEquals(2, lines().size());
  }
}
