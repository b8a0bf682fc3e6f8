// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages in README.md. */
class ArchitectureTest {
  private static final String ROOT = "io.partialloading.planner.";

  /** The classes of this module; the service's are on the class path too. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> location.contains("/planner-client/target/classes/"))
          .importPackages(ROOT + "..");

  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};
  private static final String[] PROTO = {ROOT + "v1..", "com.google.protobuf.."};
  private static final String[] GRPC = {"io.grpc", "io.grpc.stub..", "io.grpc.netty.shaded.."};
  private static final String[] HISTOGRAM = {"org.HdrHistogram.."};
  private static final String[] JSON = {"com.google.gson.."};
  private static final String[] COMMAND_LINE = {"picocli..", "io.grpc.inprocess.."};

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] rooms(String... names) {
    return Arrays.stream(names).map(name -> ROOT + name).toArray(String[]::new);
  }

  /** Each room and what it may know, itself and the JDK aside. */
  static Stream<Arguments> rooms() {
    return Stream.of(
        Arguments.of(
            "client",
            join(PROTO, GRPC, JSON, new String[] {"io.grpc.protobuf", "com.google.rpc.."})),
        Arguments.of("chart", new String[0]),
        Arguments.of("show", join(PROTO, rooms("chart"))),
        Arguments.of("json", join(PROTO, rooms("show"))),
        Arguments.of("scenario", PROTO),
        Arguments.of("load", join(PROTO, GRPC, HISTOGRAM)),
        Arguments.of("evaluate", join(PROTO, JSON, rooms("client", "scenario", "chart", "show"))),
        Arguments.of(
            "cli",
            join(
                PROTO,
                GRPC,
                JSON,
                HISTOGRAM,
                COMMAND_LINE,
                rooms(
                    "client", "json", "scenario", "show", "load", "evaluate", "service", "wire"))));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void room_knowsOnlyWhatTheTableAllows(String room, String[] known) {
    classes()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(join(JDK, rooms(room), known))
        .check(CLASSES);
  }

  @Test
  void rooms_areThoseOfTheTable() {
    Set<String> known = rooms().map(room -> ROOT + room.get()[0]).collect(Collectors.toSet());
    Set<String> packages =
        CLASSES.stream()
            .map(each -> each.getPackage())
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());
    assertEquals(known, packages);
  }

  @Test
  void service_isKnownToTheEmbeddedPlannerAlone() {
    noClasses()
        .that()
        .doNotHaveSimpleName("EmbeddedPlanner")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(rooms("service", "wire"))
        .check(CLASSES);
  }

  @Test
  void rooms_haveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
