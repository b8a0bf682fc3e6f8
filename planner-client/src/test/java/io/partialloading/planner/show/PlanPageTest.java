// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.UnservedReason;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlanPageTest {
  private static final String HOSTILE =
      "</td><script>alert('x')</script>\" onload=\"x&lt;\u001b\u202e";

  @Test
  void html_hasTheDrawingTheBatchesAndWhoIsLeftOut() throws Exception {
    PlanRequest request = request("base", "assistant", "ana");
    PlanResponse response = response("assistant", "ana");
    String html = new PlanPage("title", request, response).html();
    assertTrue(html.contains(ScheduleTimeline.svg("title", request, response)));
    Document page = parse(html);
    assertEquals(
        List.of(
            "1",
            "assistant",
            "0.00",
            "10.00",
            "615.00",
            "30.00",
            "57.00",
            "40.00",
            "2000.00",
            "ana\u00a06\u00a0PRB\u00a033.3%",
            "head",
            "base"),
        texts(page, "tr", 1, "td"));
    assertEquals(
        List.of("finn", "displaced: others take its place", "33.00 ms"),
        texts(page, "tr", 3, "td"));
    assertEquals(List.of("dan", "out of reach", ""), texts(page, "tr", 4, "td"));
    assertTrue(texts(page, "dl", 0, "dd").contains("1 of 2 users; no plan serves more than 2"));
  }

  @Test
  void html_ofHostileNames_isStillAPage() throws Exception {
    Document page =
        parse(
            new PlanPage(HOSTILE, request(HOSTILE, HOSTILE, HOSTILE), response(HOSTILE, HOSTILE))
                .html());
    assertEquals(0, page.getElementsByTagName("script").getLength());
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      assertFalse(((Element) all.item(i)).hasAttribute("onload"));
    }
    String printed = HOSTILE.replaceAll("[\u001b\u202e]", "?");
    assertEquals(printed, texts(page, "tr", 1, "td").get(1));
    assertEquals(printed, page.getElementsByTagName("h1").item(0).getTextContent());
  }

  @Test
  void html_refersToNothingOutside() {
    String html =
        new PlanPage("t", request("b", "m", "u"), response("m", "u"))
            .html()
            .replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertFalse(
        Pattern.compile("https?:|//|href|src=|url\\(|@import|<link|<script|<img|<iframe")
            .matcher(html)
            .find());
  }

  @Test
  void html_ofEmptyPlan_hasNoTables() throws Exception {
    Document page =
        parse(
            new PlanPage("t", PlanRequest.getDefaultInstance(), PlanResponse.getDefaultInstance())
                .html());
    assertEquals(0, page.getElementsByTagName("table").getLength());
    assertEquals(1, page.getElementsByTagName("svg").getLength());
  }

  private static PlanRequest request(String block, String model, String user) {
    PlanRequest.Builder request =
        PlanRequest.newBuilder().setLatencyBudget(Durations.fromMillis(850));
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(0).setName(block);
    request.getBlockLibraryBuilder().addBlocksBuilder().setId(7).setName("head");
    request.getBlockLibraryBuilder().addModelsBuilder().setId(model).addBlockIds(0).addBlockIds(7);
    request.getUserSnapshotBuilder().addUsersBuilder().setId(user).setModelId(model);
    request.getUserSnapshotBuilder().addUsersBuilder().setId("dan").setModelId(model);
    return request.build();
  }

  private static PlanResponse response(String model, String user) {
    PlanResponse.Builder response =
        PlanResponse.newBuilder().setServedUserCount(1).setServedUserUpperBound(2);
    response
        .getScheduleBuilder()
        .setCompletion(Durations.fromMillis(655))
        .addBatchesBuilder()
        .setModelId(model)
        .addLoadBlockIds(7)
        .setLoadBytes(40_000_000)
        .setReusedBytes(2_000_000_000)
        .setUpload(Durations.fromMillis(10))
        .setLoad(Durations.fromMillis(615))
        .setCompute(Durations.fromMillis(30))
        .setLatestStart(Durations.fromMillis(57))
        .addGrantsBuilder()
        .setUserId(user)
        .setPrbCount(6)
        .setBandwidthFraction(1.0 / 3);
    response
        .addUnservedUsersBuilder()
        .setUserId("finn")
        .setReason(UnservedReason.UNSERVED_REASON_DISPLACED)
        .setShortfall(Durations.fromMillis(33));
    response
        .addUnservedUsersBuilder()
        .setUserId("dan")
        .setReason(UnservedReason.UNSERVED_REASON_OUT_OF_REACH);
    return response.build();
  }

  /** The page is well-formed XML too, so that a reader of XML can say what it consists of. */
  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(UTF_8)));
  }

  private static List<String> texts(Document page, String parent, int index, String child) {
    Element element = (Element) page.getElementsByTagName(parent).item(index);
    NodeList children = element.getElementsByTagName(child);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < children.getLength(); i++) {
      texts.add(children.item(i).getTextContent());
    }
    return texts;
  }
}
