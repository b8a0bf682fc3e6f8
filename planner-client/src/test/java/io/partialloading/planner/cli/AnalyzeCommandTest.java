// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import io.partialloading.planner.show.Text;
import io.partialloading.planner.v1.AnalyzeLibraryResponse;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.ParameterBlock;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.SharingStructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries through the command line and the service that it embeds. */
class AnalyzeCommandTest {
  @TempDir private Path folder;

  /**
   * A ring of three models, a tree of three that is not bottom-layer, one alone, a block unused.
   */
  private static BlockLibrary library() {
    BlockLibrary.Builder library = BlockLibrary.newBuilder();
    for (int id = 0; id < 12; id++) {
      library.addBlocks(
          ParameterBlock.newBuilder()
              .setId(id)
              .setSizeBytes((id + 1) * 1_000_000L)
              .setName(id == 3 ? "" : "block" + (char) ('A' + id)));
    }
    addModel(library, "alone", 11);
    addModel(library, "ring1", 0, 1, 6);
    addModel(library, "ring2", 1, 2, 7);
    addModel(library, "ring3", 2, 0, 8);
    addModel(library, "tree1", 3, 9, 4);
    addModel(library, "tree2", 3, 4);
    addModel(library, "tree3", 3, 10);
    return library.build();
  }

  private static void addModel(BlockLibrary.Builder library, String id, int... blocks) {
    Model.Builder model = library.addModelsBuilder().setId(id);
    model.getComputeBuilder().getAffineBuilder();
    for (int block : blocks) {
      model.addBlockIds(block);
    }
  }

  @Test
  void analyze_library_printsTheTable() throws Exception {
    assertEquals(
        new Result(
            0,
            """
            <stdin>
              models      7, 6 of them sharing in 2 components
              sharing     general
              stored      72.00 MB; 91.00 MB if nothing were shared, 20.9% saved

              component  first model  models  sharing  planned  stored MB  unshared MB  saved
                      1  ring1             3  general  exactly      30.00        36.00  16.7%
                      2  tree1             3  nested   exactly      30.00        43.00  30.2%

              blocks that break nesting
                      1  blockA, blockB, blockC

              blocks that break bottom-layer sharing
                      2  blockE

              least to make private (a copy for each model) for nested sharing
                      1  3.00 MB  blockA, blockB

              most shared blocks
                 models  size MB  block
                      3     4.00  block 3
                      2     5.00  blockE
                      2     3.00  blockC
                      2     2.00  blockB
                      2     1.00  blockA

            """,
            ""),
        Result.of(JsonFormat.printer().print(library()), "analyze", "-"));
  }

  @Test
  void analyze_libraryAndRequestInBothForms_givesTheSame() throws Exception {
    PlanRequest.Builder request = PlanRequest.newBuilder().setBlockLibrary(library());
    request.getUserSnapshotBuilder();
    Path libraryJson = folder.resolve("library.json");
    Path requestJson = folder.resolve("request.json");
    Path libraryBinary = folder.resolve("library.binpb");
    Path requestBinary = folder.resolve("request.binpb");
    Files.writeString(libraryJson, JsonFormat.printer().print(library()));
    Files.writeString(requestJson, JsonFormat.printer().print(request));
    Files.write(libraryBinary, library().toByteArray());
    Files.write(requestBinary, request.build().toByteArray());

    Result result =
        Result.of(
            "",
            "analyze",
            "--output=json",
            libraryJson.toString(),
            requestJson.toString(),
            libraryBinary.toString(),
            requestBinary.toString());

    assertEquals(0, result.exitCode(), result::err);
    assertEquals(4, result.out().lines().count());
    assertEquals(1, result.out().lines().distinct().count());
    AnalyzeLibraryResponse.Builder analysis = AnalyzeLibraryResponse.newBuilder();
    JsonFormat.parser().merge(result.out().lines().findFirst().orElseThrow(), analysis);
    assertEquals(SharingStructure.SHARING_STRUCTURE_GENERAL, analysis.getSharingStructure());
    assertEquals(3, analysis.getComponentsCount());
    assertEquals(List.of(0, 1), analysis.getComponents(0).getPrivateBlockIdsList());
    assertEquals(3_000_000, analysis.getComponents(0).getPrivateBytes());
    assertEquals(3_000_000, analysis.getComponents(0).getPrivateBytesLowerBound());
  }

  @ParameterizedTest
  @CsvSource({"bottom-layer, bottom-layer", "general, general"})
  void analyze_paperExample_fitsTheWidth(String scenario, String sharing) {
    Result result = Result.of("", "analyze", "examples/paper-" + scenario + ".json");
    assertEquals(0, result.exitCode(), result::err);
    assertTrue(result.out().contains("\n  sharing     " + sharing + "\n"), result::out);
    assertTrue(result.out().lines().allMatch(line -> line.length() <= Text.WIDTH), result::out);
  }

  @Test
  void analyze_modelsThatShareNothing_saysSo() {
    assertEquals(
        new Result(
            0,
            """
            <stdin>
              models      1, 0 of them sharing in 0 components
              sharing     none
              stored      0.00 MB; 0.00 MB if nothing were shared, 0.0% saved

            """,
            ""),
        Result.of(
            "{\"blocks\": [{\"id\": 1, \"sizeBytes\": 5}],"
                + " \"models\": [{\"id\": \"m\", \"blockIds\": [1], \"compute\": {\"affine\": {}}}]}",
            "analyze",
            "-"));
  }

  @Test
  void analyze_severalLibraries_analysesEach() {
    Result result =
        Result.of(
            """
            {"blocks": [{"id": 1, "sizeBytes": 5}], "models": [{"id": "m", "blockIds": [1], "compute": {"affine": {}}}]}
            {"label": "no library"}
            {"blockLibrary": {"blocks": [{"id": 1, "sizeBytes": 7}], "models": [{"id": "m", "blockIds": [1], "compute": {"affine": {"perBatch": "5ms"}}}]}}
            """,
            "analyze",
            "--output=json",
            "-");
    assertEquals(ExitCode.USAGE, result.exitCode());
    assertEquals(
        "<stdin>, number 2 at line 2: a PlanRequest without block_library\n", result.err());
    assertEquals(
        List.of(true, true),
        List.of(
            result.out().lines().toList().get(0).contains("\"storedBytes\":\"5\""),
            result.out().lines().toList().get(1).contains("\"storedBytes\":\"7\"")));
  }

  @Test
  void analyze_invalidLibrary_printsEveryFault() {
    assertEquals(
        new Result(
            ExitCode.REFUSED,
            "",
            "<stdin>: block_library.models[0].block_ids: has no blocks\n"
                + "<stdin>: block_library.models[0].compute: is missing\n"),
        Result.of("{\"models\": [{\"id\": \"m\"}]}", "analyze", "-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"label\": \"a\"}", "{\"blocks\": 1}", "{", "[1]"})
  void analyze_whatIsNoLibrary_isUnreadableInOneLine(String json) {
    Result result = Result.of(json, "analyze", "-");
    assertEquals(ExitCode.USAGE, result.exitCode(), result::toString);
    assertEquals(1, result.err().lines().count(), result::err);
    assertEquals("", result.out());
  }
}
