// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static io.partialloading.planner.fixture.Drawing.OUT_OF_REACH;
import static io.partialloading.planner.fixture.Drawing.withinMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.curve.Problem;
import io.partialloading.planner.fixture.Drawing;
import io.partialloading.planner.instance.StopSignal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecompositionTest {
  private static final int AMPLE = 1_000_000;

  private static Decomposition of(Drawing drawing) {
    return Decomposition.of(Problem.of(drawing.instance(), StopSignal.NEVER), StopSignal.NEVER);
  }

  /** Parts like {@code AC TREE 3}: the models, the method, and the users. */
  private static String text(List<Decomposition.Part> parts) {
    return parts.stream()
        .map(
            part ->
                IntStream.of(part.models())
                        .mapToObj(model -> Character.toString('A' + model))
                        .collect(Collectors.joining())
                    + " "
                    + part.method()
                    + " "
                    + part.users())
        .collect(Collectors.joining(", "));
  }

  private static String parts(Drawing drawing) {
    return text(of(drawing).parts());
  }

  private static Drawing chain() {
    return withinMillis(AMPLE).model("a1", 1).model("a1 b1", 1).model("a1 b1 c1", 1, 1, 1, 1, 1);
  }

  /** Models of two blocks, of which each neighbour has one, with three users each. */
  private static Drawing ring(Drawing drawing, int models) {
    for (int model = 0; model < models; model++) {
      String own = (char) ('a' + model) + "1 ";
      drawing.model(own + (char) ('a' + (model + 1) % models) + "1", 1, 1, 1);
    }
    return drawing;
  }

  @Test
  void parts_ofAllModels_areTheComponentsInTheOrderOfTheirFirstModels() {
    Drawing drawing =
        withinMillis(AMPLE)
            .model("x10 a10", 5, 5)
            .model("b10", 5)
            .model("x10 c10", 5)
            .model("y10 d10", 5);

    assertEquals("AC TREE 3, B TREE 1, D TREE 1", parts(drawing));
  }

  @Test
  void parts_users_areThoseThatFitInTheBudgetEachModelAlone() {
    assertEquals("AB TREE 3", parts(withinMillis(30).model("x1", 9, 9, 20).model("x1 b1", 28)));
  }

  @Test
  void parts_modelTooSlowToLoadAndServeAUser_isLeftOut() {
    Drawing drawing = withinMillis(50).model("x10 a10", 5).model("x10 b36", 5).model("x10 c35", 5);

    assertEquals("AC TREE 2", parts(drawing));
  }

  @Test
  void parts_residentBlocks_mayMakeAModelFastEnough() {
    Drawing drawing = withinMillis(50).model("a10", 5).model("b60", 5).resident("b60");

    assertEquals("A TREE 1, B TREE 1", parts(drawing));
  }

  @Test
  void parts_modelWithoutUsersInReach_isLeftOut() {
    Drawing drawing = withinMillis(50).model("a10", OUT_OF_REACH).model("b10", 5);

    assertEquals("B TREE 1", parts(drawing));
  }

  @Test
  void parts_modelThatDoesNotFitInMemory_isLeftOut() {
    assertEquals("B TREE 1", parts(withinMillis(50).modelTooLarge("a10", 5).model("b10", 5)));
  }

  @Test
  void parts_modelThatIsLeftOut_linksNoOthers() {
    Drawing drawing =
        withinMillis(50).model("x10 a10", 5).model("x10 y10 b100", 5).model("y10 c10", 5);

    assertEquals("A TREE 1, C TREE 1", parts(drawing));
  }

  @Test
  void parts_modelThatIsLeftOut_complicatesNoStructure() {
    Drawing rest = withinMillis(50).model("x10 y10", 5).model("y10 z10", 5);
    Drawing ring = withinMillis(50).model("x10 y10", 5).model("y10 z10", 5).model("z10 x10", 5);
    Drawing slow =
        withinMillis(50).model("x10 y10", 5).model("y10 z10", 5).model("z10 x10 c100", 5);

    assertEquals("AB TREE 2", parts(rest));
    assertEquals("ABC SUBSETS 3", parts(ring));
    assertEquals("AB TREE 2", parts(slow));
  }

  @Test
  void parts_loadsThatAreNotSubadditive_keepAModelThatIsReachedByWayOfOthers() {
    // 10 units load in 10 ms and 20 in 1 s: B alone is too slow, after A it is not.
    Drawing drawing =
        withinMillis(50)
            .model("x10", 5)
            .model("x10 b10", 5)
            .measuredLoads(new long[] {10, 20}, 10, 1_000);

    assertEquals("AB SUBSETS 2", parts(drawing));
  }

  @Test
  void parts_measuredSubadditiveLoads_leaveAModelOutThatIsTooSlowAlone() {
    Drawing drawing =
        withinMillis(50)
            .model("x10", 5)
            .model("x10 b10", 5)
            .measuredLoads(new long[] {10, 20}, 30, 46);

    assertEquals("A TREE 1", parts(drawing));
  }

  @Test
  void parts_withoutParameterSharing_areTheModels() {
    Drawing drawing =
        withinMillis(50)
            .model("x10", 5)
            .model("x10 b10", 5)
            .model("x10 c100", 5)
            .withoutParameterSharing();

    assertEquals("A TREE 1, B TREE 1", parts(drawing));
  }

  @Test
  void parts_nobodyCanBeServed_areNone() {
    assertEquals("", parts(withinMillis(5).model("a10", 5)));
  }

  @Test
  void general_isWithoutTreesAndTheSmallestFirst() {
    Drawing drawing = ring(withinMillis(AMPLE), 4).model("v1", 1);
    drawing.model("x1 y1", 1).model("y1 z1", 1).model("z1 x1", 1);

    assertEquals("FGH SUBSETS 3, ABCD SUBSETS 12", text(of(drawing).general()));
  }

  @Test
  void tableBytes_ofAChain_areACurveOfTheUsersBelowAtEveryNode() {
    assertEquals(8 * (2 + 3 + 5 * 4), of(chain()).tableBytes());
  }

  @Test
  void tableBytes_residentBlocks_doubleTheCurves() {
    assertEquals(2 * 8 * (2 + 3 + 5 * 4), of(chain().resident("b1")).tableBytes());
  }

  @Test
  void tableBytes_ofASearch_areTwoTablesOfUsersByModelsAndTwoOfModels() {
    int n = 20;

    assertEquals(8 * (2 * n * 3 * n + 2 * n * n), of(ring(withinMillis(AMPLE), n)).tableBytes());
  }
}
