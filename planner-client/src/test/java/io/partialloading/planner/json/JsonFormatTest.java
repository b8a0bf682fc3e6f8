// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The reader beside the protobuf library's, and beside a strict reader of JSON. */
class JsonFormatTest {
  private static final List<Message> TYPES =
      List.of(
          PlanRequest.getDefaultInstance(),
          PlanResponse.getDefaultInstance(),
          BlockLibrary.getDefaultInstance(),
          Schedule.getDefaultInstance());

  private static final List<JsonFormat.Printer> PRINTERS =
      List.of(
          JsonFormat.printer(),
          JsonFormat.printer().omittingInsignificantWhitespace(),
          JsonFormat.printer().preservingProtoFieldNames(),
          JsonFormat.printer().printingEnumsAsInts(),
          JsonFormat.printer().alwaysPrintFieldsWithNoPresence());

  private static final Pattern PLACE = Pattern.compile("line [1-9]\\d*, column [1-9]\\d*: .+");

  /** What the library takes for a number, and is none or too large. */
  private static final Pattern LENIENT =
      Pattern.compile("is beyond 1\\.8e308|\"[-+.0-9eE]+\" is not|: -[0-9]+ is not a whole");

  private static final Pattern CLASS_NAME =
      Pattern.compile("(?i)exception|java|google|gson|protobuf|descriptor|Token\\[");

  @Test
  void whatThePrinterPrints_isRead() throws Exception {
    RandomMessages messages = new RandomMessages(1, true);
    for (int i = 0; i < 6_000; i++) {
      Message message = messages.of(TYPES.get(i % TYPES.size()));
      String json = PRINTERS.get(i % PRINTERS.size()).print(message);
      assertEquals(message, read(json, message), json);
    }
  }

  /**
   * Without times, of which the library reads what is none; and without what else it is lenient in.
   */
  @Test
  void whatIsDamaged_isReadAsTheLibraryReadsItOrRefused() throws Exception {
    RandomMessages messages = new RandomMessages(2, false);
    Random random = new Random(3);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      Message message = messages.of(TYPES.get(i % TYPES.size()));
      String json = damaged(JsonFormat.printer().print(message), random);
      Message expected = isJson(json) ? byLibrary(json, message) : null;
      try {
        Message read = read(json, message);
        assertTrue(isJson(json), json);
        // The library reads -0 as 0.
        if (expected != null && !read.toString().contains(": -0.0")) {
          assertEquals(expected, read, json);
        }
        accepted++;
      } catch (InvalidJsonException e) {
        String said = e.getMessage();
        assertTrue(expected == null || LENIENT.matcher(said).find(), () -> said + " of " + json);
        for (String fault : e.faults()) {
          assertTrue(PLACE.matcher(fault).matches(), fault);
          assertFalse(CLASS_NAME.matcher(fault).find(), fault);
        }
        refused++;
      }
    }
    assertTrue(
        accepted > 1_000 && refused > 1_000, accepted + " accepted, " + refused + " refused");
  }

  /** With one to three characters dropped, doubled, replaced or moved. */
  private static String damaged(String json, Random random) {
    String with = "\"\\{}[]:,.-+eE0159 \nntfsu/'";
    StringBuilder damaged = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length());
      char c = with.charAt(random.nextInt(with.length()));
      switch (random.nextInt(4)) {
        case 0 -> damaged.deleteCharAt(at).append(' ');
        case 1 -> damaged.insert(at, damaged.charAt(at));
        case 2 -> damaged.insert(at, c);
        default -> damaged.setCharAt(at, c);
      }
    }
    // As it arrives: half of a pair of surrogates does not.
    return new String(damaged.toString().getBytes(UTF_8), UTF_8);
  }

  private static @Nullable Message byLibrary(String json, Message type) {
    try {
      Message.Builder message = type.newBuilderForType();
      JsonFormat.parser().merge(json, message);
      return message.build();
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static boolean isJson(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      return !JsonParser.parseReader(reader).isJsonPrimitive()
          && reader.peek() == JsonToken.END_DOCUMENT;
    } catch (JsonParseException | MalformedJsonException e) {
      return false;
    }
  }

  private static Message read(String json, Message type) throws InvalidJsonException, IOException {
    JsonMessages messages =
        new JsonMessages(new ByteArrayInputStream(json.getBytes(UTF_8)), List.of(type));
    Message message = messages.next();
    if (messages.hasNext()) {
      messages.next(); // Several messages are none for the library.
      throw new InvalidJsonException(List.of());
    }
    return message;
  }
}
