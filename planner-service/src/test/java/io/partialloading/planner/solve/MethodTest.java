// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.partialloading.planner.sharing.SharingComponents.Component;
import io.partialloading.planner.sharing.SharingStructure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Components of arbitrary sharing are written as their numbers of models. */
class MethodTest {
  private static Component component(int models, SharingStructure structure) {
    return new Component(IntStream.range(0, models).toArray(), structure);
  }

  private static String chosen(String sizes, long usersOfEach) {
    List<Component> components =
        Arrays.stream(sizes.split(" "))
            .map(size -> component(Integer.parseInt(size), SharingStructure.GENERAL))
            .toList();
    return Arrays.stream(Method.choose(components, true, component -> usersOfEach))
        .map(Method::name)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "1, NONE, true, TREE",
    "1, NONE, false, TREE",
    "3, BOTTOM_LAYER, true, TREE",
    "3, NESTED, true, TREE",
    "3, GENERAL, true, SUBSETS",
    "3, BOTTOM_LAYER, false, SUBSETS",
    "3, NESTED, false, SUBSETS",
    "3, GENERAL, false, SUBSETS",
    "500, NESTED, true, TREE",
    "500, NESTED, false, SEARCH"
  })
  void choose_oneComponent_isTheBestThatItsStructureAndLoadsAllow(
      int models, SharingStructure structure, boolean affineLoads, Method expected) {
    Method[] methods =
        Method.choose(List.of(component(models, structure)), affineLoads, component -> 10);

    assertArrayEquals(new Method[] {expected}, methods);
  }

  @ParameterizedTest
  @CsvSource({
    "17, 200, SUBSETS",
    "18, 200, SEARCH",
    "17, 400, SEARCH",
    "1000, 4194, SEARCH",
    "1000, 4195, GIVEN",
    "1001, 1, GIVEN"
  })
  void choose_largerComponents_areSearchedOrTakenFromPlans(
      String size, long users, String expected) {
    assertEquals(expected, chosen(size, users));
  }

  @ParameterizedTest
  @CsvSource({
    "16 16, SUBSETS SUBSETS",
    "17 17, SUBSETS SEARCH",
    // The smallest first, in whatever order they are.
    "17 16, SEARCH SUBSETS",
    "17 3 16, SEARCH SUBSETS SUBSETS",
    "18 17 2000, SEARCH SUBSETS GIVEN"
  })
  void choose_severalComponents_areSolvedOverSubsetsAsFarAsTheWorkAllows(
      String sizes, String expected) {
    assertEquals(expected, chosen(sizes, 200));
  }

  @Test
  void choose_users_areThoseOfEachComponent() {
    Component few = component(17, SharingStructure.GENERAL);
    Component many = component(17, SharingStructure.GENERAL);

    Method[] methods =
        Method.choose(List.of(few, many), true, component -> component == many ? 400 : 10);

    assertArrayEquals(new Method[] {Method.SUBSETS, Method.SEARCH}, methods);
  }

  @ParameterizedTest
  @CsvSource({"TREE, true", "SUBSETS, true", "SEARCH, false", "GIVEN, false"})
  void isExact_isThatOfProgramsAlone(Method method, boolean expected) {
    assertEquals(expected, method.isExact());
  }
}
