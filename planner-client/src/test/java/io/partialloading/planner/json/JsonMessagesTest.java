// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.McsTable;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import io.partialloading.planner.v1.UserChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {
  private static final List<Message> REQUEST = List.of(PlanRequest.getDefaultInstance());
  private static final List<Message> LIBRARY =
      List.of(PlanRequest.getDefaultInstance(), BlockLibrary.getDefaultInstance());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Not the JSON of an object.
        "[]      | line 1, column 1: a list is not a PlanRequest: an object in braces, or several one after another",
        "null    | line 1, column 1: null is not a PlanRequest: an object in braces, or several one after another",
        "17      | line 1, column 1: 17 is not a PlanRequest: an object in braces, or several one after another",
        "{       | line 1, column 2: expected a field's name in double quotes, found the end",
        "{label: 1} | line 1, column 2: expected a field's name in double quotes, found 'l'",
        "{“label”: 1} | line 1, column 2: expected a field's name in double quotes, found '“'; texts are in double quotes",
        "{\"label\" 1} | line 1, column 10: expected ':' after a field's name, found '1'",
        "{\"label\": } | line 1, column 11: label: expected a value, found '}'",
        "{\"label\": \"a\" \"options\": {}} | line 1, column 15: expected ',' or '}', found '\"'",
        "{\"label\": \"a\", } | line 1, column 14: there is a comma before '}'",
        "{\"options\": {\"slot\": \"1s\" | line 1, column 26: options: expected ',' or '}', found the end",
        "{\"edgeServer\": {\"residentBlockIds\": [1, 2,]}} | line 1, column 42: edgeServer.residentBlockIds: there is a comma before ']'",
        "{\"edgeServer\": {\"residentBlockIds\": [1 2]}} | line 1, column 40: edgeServer.residentBlockIds: expected ',' or ']', found '2'",
        "{} // no | line 1, column 4: expected a value, found '/'; JSON has no comments",
        // Texts.
        "{\"label\": 'a'} | line 1, column 11: label: expected a value, found '''; texts are in double quotes",
        "{\"label\": \"a} | line 1, column 11: label: this text is not closed with '\"' on its line",
        "{\"label\": \"C:\\dir\"} | line 1, column 14: label: a backslash in a text is written '\\\\'",
        "{\"label\": \"\\u12g4\"} | line 1, column 12: label: '\\u' is followed by four hexadecimal digits",
        "{\"label\": \"\\ud83d.\"} | line 1, column 11: label: half of a pair of \\u escapes is missing in a text",
        "{\"label\": true} | line 1, column 11: label: true is not a text in double quotes",
        "{\"label\": None} | line 1, column 11: label: None is not a text in double quotes",
        "{\"label\": {}} | line 1, column 11: label: an object is not a text in double quotes",
        // Fields.
        "{\"labl\": 1} | line 1, column 2: labl: no such field; did you mean label?",
        "{\"latencybudget\": 1} | line 1, column 2: latencybudget: no such field; did you mean latencyBudget?",
        "{\"latency_bugdet\": 1} | line 1, column 2: latency_bugdet: no such field; did you mean latency_budget?",
        "{\"snapshot\": {\"users\": [{}]}} | line 1, column 2: snapshot: no such field; did you mean userSnapshot?",
        "{\"colour\": [[{\"a\": 1}], 2]} | line 1, column 2: colour: no such field",
        "{\"label\": \"a\", \"label\": \"b\"} | line 1, column 16: label: is given already in line 1, column 2",
        "{\"edgeServer\": {}, \"edge_server\": {\"x\": 1}} | line 1, column 20: edge_server: is given already in line 1, column 2",
        "{\"edgeServer\": {\"hostToGpu\": {\"affine\": {}, \"piecewiseLinear\": {}}}} | line 1, column 45: edgeServer.hostToGpu.piecewiseLinear: cannot be given with affine, in line 1, column 31",
        "{\"edgeServer\": []} | line 1, column 16: edgeServer: a list is not an object in braces",
        "{\"edgeServer\": {\"residentBlockIds\": 1}} | line 1, column 37: edgeServer.residentBlockIds: 1 is not a list in brackets",
        "{\"userSnapshot\": {\"users\": [null]}} | line 1, column 29: userSnapshot.users[0]: null is not an object in braces",
        // Numbers.
        "{\"edgeServer\": {\"gpuMemoryBytes\": \"24GB\"}} | line 1, column 35: edgeServer.gpuMemoryBytes: \"24GB\" is not a whole number from 0 to 18446744073709551615",
        "{\"edgeServer\": {\"gpuMemoryBytes\": 18446744073709551616}} | line 1, column 35: edgeServer.gpuMemoryBytes: 18446744073709551616 is not a whole number from 0 to 18446744073709551615",
        "{\"edgeServer\": {\"residentBlockIds\": [0, -1]}} | line 1, column 41: edgeServer.residentBlockIds[1]: -1 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [4294967296]}} | line 1, column 38: edgeServer.residentBlockIds[0]: 4294967296 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [0.5]}} | line 1, column 38: edgeServer.residentBlockIds[0]: 0.5 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [1e999999999]}} | line 1, column 38: edgeServer.residentBlockIds[0]: 1e999999999 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [1e-999999999]}} | line 1, column 38: edgeServer.residentBlockIds[0]: 1e-999999999 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [007]}} | line 1, column 38: edgeServer.residentBlockIds[0]: 007 is not a whole number from 0 to 4294967295",
        "{\"edgeServer\": {\"residentBlockIds\": [\"\"]}} | line 1, column 38: edgeServer.residentBlockIds[0]: \"\" is not a whole number from 0 to 4294967295",
        "{\"channelState\": {\"bandwidthHz\": \"20 MHz\"}} | line 1, column 34: channelState.bandwidthHz: \"20 MHz\" is not a number",
        "{\"channelState\": {\"bandwidthHz\": 1e400}} | line 1, column 34: channelState.bandwidthHz: 1e400 is beyond 1.8e308, the largest number",
        "{\"channelState\": {\"bandwidthHz\": NaN}} | line 1, column 34: channelState.bandwidthHz: NaN is not a number in JSON; write \"NaN\", in quotes",
        "{\"channelState\": {\"bandwidthHz\": Infinity}} | line 1, column 34: channelState.bandwidthHz: Infinity is not a number in JSON; write \"Infinity\", in quotes",
        "{\"channelState\": {\"bandwidthHz\": -inf}} | line 1, column 34: channelState.bandwidthHz: -inf is not a number in JSON; write \"-Infinity\", in quotes",
        "{\"channelState\": {\"bandwidthHz\": \"inf\"}} | line 1, column 34: channelState.bandwidthHz: \"inf\" is not a number in JSON; write \"Infinity\", in quotes",
        "{\"channelState\": {\"bandwidthHz\": false}} | line 1, column 34: channelState.bandwidthHz: false is not a number",
        "{\"options\": {\"sensitivity\": 1}} | line 1, column 29: options.sensitivity: 1 is not true or false",
        "{\"options\": {\"sensitivity\": True}} | line 1, column 29: options.sensitivity: True is not true or false",
        // Names of values.
        "{\"channelState\": {\"mcsTable\": \"qam65\"}} | line 1, column 31: channelState.mcsTable: \"qam65\" is not one of qam64, qam256, qam64-low-se; did you mean qam64?",
        "{\"channelState\": {\"mcsTable\": \"bpsk\"}} | line 1, column 31: channelState.mcsTable: \"bpsk\" is not one of qam64, qam256, qam64-low-se",
        "{\"channelState\": {\"mcsTable\": qam64}} | line 1, column 31: channelState.mcsTable: qam64 is not one of qam64, qam256, qam64-low-se; names are in double quotes",
        "{\"channelState\": {\"mcsTable\": 1.5}} | line 1, column 31: channelState.mcsTable: 1.5 is not a whole number from 0 to 2147483647",
        "{\"options\": {\"algorithm\": \"GEN\"}} | line 1, column 27: options.algorithm: \"GEN\" is not one of adaptive, partial-loading-spec, partial-loading-gen, independent-loading, exhaustive-search, maximum-overlap; did you mean partial-loading-gen?",
        // Times.
        "{\"latencyBudget\": \"5\"} | line 1, column 19: latencyBudget: \"5\" has no unit; a duration is written such as 700ms or 1.5s",
        "{\"latencyBudget\": \"1 day\"} | line 1, column 19: latencyBudget: \"1 day\" is not a duration such as 700ms, 1.5s or 2min",
        "{\"latencyBudget\": 0.5} | line 1, column 19: latencyBudget: 0.5 is not a duration in double quotes, such as \"700ms\"",
        "{\"latencyBudget\": {\"seconds\": 1}} | line 1, column 19: latencyBudget: an object is not a duration in double quotes, such as \"700ms\"",
        "{\"latencyBudget\": \"-315576000001s\"} | line 1, column 19: latencyBudget: \"-315576000001s\" is longer than 315576000000s, 10,000 years",
        "{\"latencyBudget\": \"1e999999999min\"} | line 1, column 19: latencyBudget: \"1e999999999min\" is longer than 315576000000s, 10,000 years",
        "{\"userSnapshot\": {\"capturedAt\": \"yesterday\"}} | line 1, column 33: userSnapshot.capturedAt: \"yesterday\" is not a time such as 2026-07-01T12:00:00Z",
        "{\"userSnapshot\": {\"capturedAt\": \"0000-12-31T23:59:59Z\"}} | line 1, column 33: userSnapshot.capturedAt: \"0000-12-31T23:59:59Z\" is not a time such as 2026-07-01T12:00:00Z",
        "{\"userSnapshot\": {\"capturedAt\": 1700000000}} | line 1, column 33: userSnapshot.capturedAt: 1700000000 is not a time in double quotes, such as \"2026-07-01T12:00:00Z\"",
      },
      quoteCharacter = '\u0007')
  void oneFault_isToldWithItsPlace(String json, String fault) {
    assertEquals(List.of(fault), faults(json));
  }

  @Test
  void everyFaultOfAMessage_isTold() {
    assertEquals(
        List.of(
            "line 2, column 3: labell: no such field; did you mean label?",
            "line 3, column 20: latencyBudget: \"fast\" is not a duration such as 700ms, 1.5s or 2min",
            "line 7, column 25: channelState.userChannels[1].uplinkMcs: \"high\""
                + " is not a whole number from 0 to 4294967295",
            "line 8, column 11: channelState.userChannels[2].uplinkSinrDB: no such field;"
                + " did you mean uplinkSinrDb?",
            "line 9, column 13: channelState.userChannels[3]: expected ':' after a field's name,"
                + " found ','"),
        faults(
            """
            {
              "labell": "a",
              "latencyBudget": "fast",
              "channelState": {
                "userChannels": [
                  {"userId": "a", "uplinkMcs": 3},
                  {  "uplinkMcs"  : "high", "userId": "b" },
                  {   "uplinkSinrDB": [{"deep": [1]}], "userId": "c" },
                  {"x"  , "d"}
                ]
              }
            }
            """));
  }

  @Test
  void manyFaults_areCounted() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 250; i++) {
      json.append(i == 0 ? "" : ",").append("\"x").append(i).append("\": 1");
    }
    List<String> faults = faults(json.append('}').toString());
    assertEquals(101, faults.size());
    assertTrue(faults.get(99).endsWith(": x99: no such field"), faults.get(99));
    assertEquals("and 150 more", faults.get(100));
  }

  @ParameterizedTest
  @CsvSource({
    "0.500s, 500000000",
    "500ms, 500000000",
    "0.5s, 500000000",
    "250us, 250000",
    "250µs, 250000",
    "250μs, 250000",
    "1e-3s, 1000000",
    "1.5E3 ms, 1500000000",
    "7ns, 7",
    "2min, 120000000000",
    "-0.5s, -500000000",
    "-1.5s, -1500000000",
    "0s, 0",
    "0.30000000000000004s, 300000000",
    "0.29999999999999998s, 300000000",
    "0.4ns, 0",
    "1e-999999999s, 0",
  })
  void durations_haveAnyUnit(String text, long nanoseconds) throws Exception {
    PlanRequest request = read("{\"latencyBudget\": \"" + text + "\"}");
    assertEquals(Durations.fromNanos(nanoseconds), request.getLatencyBudget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-01T12:00:00.5Z", "2026-07-01T14:00:00.500+02:00"})
  void times_areRead(String text) throws Exception {
    assertEquals(
        Timestamps.parse("2026-07-01T12:00:00.500Z"),
        read("{\"userSnapshot\": {\"capturedAt\": \"" + text + "\"}}")
            .getUserSnapshot()
            .getCapturedAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ALGORITHM_PARTIAL_LOADING_GEN\"",
        "\"partial-loading-gen\"",
        "\"PARTIAL_LOADING_GEN\"",
        "\"Partial-Loading_Gen\"",
        "3",
        "3.0",
        "\"3\""
      })
  void namesOfValues_areReadAsOnTheCommandLine(String algorithm) throws Exception {
    PlanRequest request = read("{\"options\": {\"algorithm\": " + algorithm + "}}");
    assertEquals(Algorithm.ALGORITHM_PARTIAL_LOADING_GEN, request.getOptions().getAlgorithm());
  }

  @Test
  void namesOfValues_ofEveryTable_areRead() throws Exception {
    Set<McsTable> read = EnumSet.noneOf(McsTable.class);
    for (String name : List.of("unspecified", "qam64", "QAM256", "qam64_low_se")) {
      read.add(
          read("{\"channelState\": {\"mcsTable\": \"" + name + "\"}}")
              .getChannelState()
              .getMcsTable());
    }
    assertEquals(EnumSet.complementOf(EnumSet.of(McsTable.UNRECOGNIZED)), read);
    assertEquals(
        99, read("{\"channelState\": {\"mcsTable\": 99}}").getChannelState().getMcsTableValue());
  }

  @ParameterizedTest
  @CsvSource({
    "uplinkMcs, 18.6",
    "uplink_mcs, '\"18.6\"'",
    "uplinkMcs, 186e-1",
    "meanUplinkMcs, 18.6",
  })
  void fractionOfAnMcs_isAMean(String field, String value) throws Exception {
    UserChannel channel = channel("{\"" + field + "\": " + value + "}");
    assertEquals(UserChannel.QualityCase.MEAN_UPLINK_MCS, channel.getQualityCase());
    assertEquals(18.6, channel.getMeanUplinkMcs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"18", "18.0", "1.8e1", "\"18\""})
  void wholeMcs_isNoMean(String value) throws Exception {
    assertEquals(
        UserChannel.newBuilder().setUplinkMcs(18).build(),
        channel("{\"uplinkMcs\": " + value + "}"));
  }

  @Test
  void meanOfAnMcs_isNoOtherThanItself() {
    assertEquals(
        List.of(
            "line 1, column 60: channelState.userChannels[0].meanUplinkMcs: cannot be given with"
                + " uplinkMcs, in line 1, column 40",
            "line 1, column 96: channelState.userChannels[1].uplinkMcs: -1"
                + " is not a whole number from 0 to 4294967295"),
        faults(
            "{\"channelState\": {\"userChannels\":    [{\"uplinkMcs\": 18.6,  \"meanUplinkMcs\": 18},"
                + " {\"uplinkMcs\": -1}]}}"));
  }

  @Test
  void nothing_isAsIfLeftOut() throws Exception {
    assertEquals(
        PlanRequest.getDefaultInstance(),
        read(
            "{\"label\": null, \"options\": null, \"latencyBudget\": null, \"edge_server\": null}"));
    assertEquals(
        UserChannel.newBuilder().setUplinkMcs(3).build(),
        channel("{\"uplinkSinrDb\": null, \"uplinkMcs\": 3, \"linkBudget\": null}"));
  }

  @Test
  void texts_areReadWithAllTheirCharacters() throws Exception {
    assertEquals(
        "\"\\/\b\f\n\r\té汉🛰🛰",
        read("\ufeff{\"label\":\r\n\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9汉🛰\\ud83d\\uDEF0\"}")
            .getLabel());
    assertEquals("17", read("{\"label\": 17}").getLabel());
  }

  @Test
  void columns_areCountedInCharacters() {
    assertEquals(
        List.of("line 2, column 29: options.x: no such field"),
        faults("\ufeff\r\n{\"label\": \"🛰汉\", \"options\": {\"x\": 1}}"));
  }

  @Test
  void severalMessages_areReadOneByOne() throws Exception {
    JsonMessages messages =
        messages("{\"label\": \"a\"}{\"label\": \"b\"}\n\n{\n\"label\":\n\"c\"\n}\n {} ", REQUEST);
    List<String> labels = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    while (messages.hasNext()) {
      lines.add(messages.line());
      labels.add(((PlanRequest) messages.next()).getLabel());
    }
    assertEquals(List.of("a", "b", "c", ""), labels);
    assertEquals(List.of(1, 1, 3, 7), lines);
  }

  @Test
  void brokenMessage_costsNoOther() throws Exception {
    JsonMessages messages =
        messages(
            """
            {"label": "a", "labell": 1} {"label": "b"}
            {"label": "c"
            {"label": "d"}
            {"label": "e
            {
              "label": "f",
              "options": {"x": {"y"
            }
            word
            {"label": "g"}
            """,
            REQUEST);
    List<String> read = new ArrayList<>();
    while (messages.hasNext()) {
      try {
        read.add(((PlanRequest) messages.next()).getLabel());
      } catch (InvalidJsonException e) {
        read.add(e.getMessage());
      }
    }
    assertEquals(
        List.of(
            "line 1, column 16: labell: no such field; did you mean label?",
            "b",
            "line 3, column 1: expected ',' or '}', found '{'",
            "d",
            "line 4, column 11: label: this text is not closed with '\"' on its line",
            "line 7, column 15: options.x: no such field\n"
                + "line 8, column 1: options.x: expected ':' after a field's name, found '}'",
            "g"),
        read);
  }

  @Test
  void message_isOfTheTypeOfItsFields() throws Exception {
    BlockLibrary library = BlockLibrary.newBuilder().addBlocks(block()).build();
    assertEquals(library, read("{\"blocks\": [{\"id\": 5}]}", LIBRARY));
    assertEquals(
        PlanRequest.newBuilder().setLabel("a").setBlockLibrary(library).build(),
        read("{\"label\": \"a\", \"blockLibrary\": {\"blocks\": [{\"id\": 5}]}}", LIBRARY));
    assertEquals(PlanRequest.getDefaultInstance(), read("{}", LIBRARY));
    assertEquals(
        List.of(
            "line 1, column 2: block: no such field; did you mean blocks?",
            "line 1, column 28: label: no such field"),
        faults("{\"block\": 1, \"models\": [], \"label\": \"a\"}", LIBRARY));
    assertEquals(
        List.of(
            "line 1, column 1: a list is not a PlanRequest or BlockLibrary: an object in braces, or"
                + " several one after another"),
        faults("[1]", LIBRARY));
  }

  /** A message that could be of either of two types would be of the first unnoticed. */
  @Test
  void types_ofOneFile_shareNoField() {
    for (List<Message> forms :
        List.<List<Message>>of(
            LIBRARY, List.of(Schedule.getDefaultInstance(), PlanResponse.getDefaultInstance()))) {
      Set<String> names = new HashSet<>();
      for (Message form : forms) {
        for (FieldDescriptor field : form.getDescriptorForType().getFields()) {
          assertTrue(names.add(field.getName()), field.getFullName());
        }
      }
    }
  }

  /** What the reader cannot read must not come into the contract unnoticed. */
  @Test
  void contract_hasOnlyTypesThatAreRead() {
    Set<FieldDescriptor.Type> read =
        EnumSet.of(
            FieldDescriptor.Type.UINT32,
            FieldDescriptor.Type.UINT64,
            FieldDescriptor.Type.DOUBLE,
            FieldDescriptor.Type.BOOL,
            FieldDescriptor.Type.STRING,
            FieldDescriptor.Type.ENUM,
            FieldDescriptor.Type.MESSAGE);
    Deque<Descriptor> open =
        new ArrayDeque<>(List.of(PlanRequest.getDescriptor(), PlanResponse.getDescriptor()));
    Set<Descriptor> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      for (FieldDescriptor field : open.remove().getFields()) {
        assertTrue(read.contains(field.getType()) && !field.isMapField(), field.getFullName());
        if (field.getType() == FieldDescriptor.Type.MESSAGE
            && !JsonScalars.isText(field.getMessageType())
            && seen.add(field.getMessageType())) {
          assertTrue(
              field.getMessageType().getFullName().startsWith("partialloading."),
              field.getFullName());
          open.add(field.getMessageType());
        }
      }
    }
    assertTrue(seen.size() > 20, seen::toString);
  }

  @Test
  void hostileText_isRefused() {
    String deep = "[".repeat(1_000_000);
    assertEquals(
        List.of(
            "line 1, column 2: x: no such field",
            "line 1, column 108: x: values are nested more than 100 deep"),
        faults("{\"x\": " + deep));
    assertEquals(
        List.of("line 1, column 11: label: a text or number has more than 1048576 characters"),
        faults("{\"label\": \"" + "a".repeat(2_000_000) + "\"}"));
    assertEquals(
        List.of("line 1, column 11: label: a text or number has more than 1000 characters"),
        faults("{\"label\": " + "1".repeat(2_000) + "}"));
  }

  @Test
  void endlessMessage_isRefused() {
    byte[] elements = ("\"" + "a".repeat(1 << 19) + "\",").getBytes(UTF_8);
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"x\": [".getBytes(UTF_8)),
            new InputStream() {
              private long at;

              @Override
              public int read() {
                return elements[(int) (at++ % elements.length)];
              }

              @Override
              public int read(byte[] bytes, int offset, int length) {
                int from = (int) (at % elements.length);
                int count = Math.min(length, elements.length - from);
                System.arraycopy(elements, from, bytes, offset, count);
                at += count;
                return at > 1L << 30 ? -1 : count;
              }
            });
    InvalidJsonException e =
        assertThrows(InvalidJsonException.class, new JsonMessages(endless, REQUEST)::next);
    assertEquals(2, e.faults().size());
    assertTrue(
        e.faults().get(1).endsWith(": x: more than 268435456 characters before the end"),
        e::getMessage);
  }

  @Test
  void bytesThatAreNotUtf8_areRefusedWhereTheyAre() throws Exception {
    byte[] bytes = "{\"label\": \"é?\"}\n{\"label\": \"b\"}".getBytes(UTF_8);
    bytes[13] = (byte) 0xff;
    JsonMessages messages = new JsonMessages(new ByteArrayInputStream(bytes), REQUEST);
    assertEquals(
        List.of("line 1, column 13: label: not UTF-8 text; a binary file's name ends in .binpb"),
        assertThrows(InvalidJsonException.class, messages::next).faults());
    assertEquals(PlanRequest.newBuilder().setLabel("b").build(), messages.next());
    assertFalse(messages.hasNext());
    assertEquals(
        List.of("line 1, column 1: not UTF-8 text; a binary file's name ends in .binpb"),
        assertThrows(
                InvalidJsonException.class,
                new JsonMessages(new ByteArrayInputStream("{}".getBytes(UTF_16)), REQUEST)::next)
            .faults());
  }

  private static ParameterBlock block() {
    return ParameterBlock.newBuilder().setId(5).build();
  }

  private static UserChannel channel(String json) throws Exception {
    return read("{\"channelState\": {\"userChannels\": [" + json + "]}}")
        .getChannelState()
        .getUserChannels(0);
  }

  private static PlanRequest read(String json) throws Exception {
    return (PlanRequest) read(json, REQUEST);
  }

  private static Message read(String json, List<Message> forms) throws Exception {
    return messages(json, forms).next();
  }

  private static List<String> faults(String json) {
    return faults(json, REQUEST);
  }

  /** The faults of a text of any number of messages. */
  private static List<String> faults(String json, List<Message> forms) {
    JsonMessages messages = messages(json, forms);
    List<String> faults = new ArrayList<>();
    try {
      do {
        try {
          messages.next();
        } catch (InvalidJsonException e) {
          faults.addAll(e.faults());
        }
      } while (messages.hasNext());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return faults;
  }

  private static JsonMessages messages(String json, List<Message> forms) {
    return new JsonMessages(new ByteArrayInputStream(json.getBytes(UTF_8)), forms);
  }
}
