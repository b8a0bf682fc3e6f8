// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages in ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String ROOT = "io.partialloading.planner.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT + "..");

  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};
  private static final String[] PROTO = {ROOT + "v1..", "com.google.protobuf.."};
  private static final String[] GRPC = {
    "io.grpc", "io.grpc.stub..", "io.grpc.protobuf", "com.google.rpc.."
  };

  private static final String[] TELEMETRY = {
    "io.opentelemetry..", "io.grpc.opentelemetry", "io.prometheus.metrics..", "com.google.gson.."
  };
  private static final String[] PROCESS = {"javax.net.ssl..", "javax.security.."};

  private static String[] join(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] rooms(String... names) {
    return Arrays.stream(names).map(name -> ROOT + name).toArray(String[]::new);
  }

  /** Each room and what it may know, itself and the JDK aside. */
  static Stream<Arguments> rooms() {
    return Stream.of(
        Arguments.of("instance", new String[0]),
        Arguments.of("queue", new String[0]),
        Arguments.of("machine", rooms("instance")),
        Arguments.of("sharing", rooms("instance")),
        Arguments.of("curve", rooms("instance", "machine", "sharing")),
        Arguments.of("solve", rooms("instance", "machine", "sharing", "curve")),
        Arguments.of("paper", rooms("instance", "machine", "sharing", "curve", "solve")),
        Arguments.of("plan", rooms("instance", "machine", "sharing", "curve", "solve", "paper")),
        Arguments.of("analyze", rooms("instance", "sharing", "solve")),
        Arguments.of("verify", PROTO),
        Arguments.of(
            "wire",
            join(PROTO, rooms("instance", "machine", "sharing", "solve", "plan", "analyze"))),
        Arguments.of(
            "service",
            join(
                PROTO,
                GRPC,
                rooms("instance", "solve", "plan", "analyze", "wire", "verify", "queue"))),
        Arguments.of("settings", join(new String[] {"picocli.."}, rooms("wire"))),
        Arguments.of(
            "telemetry",
            join(PROTO, GRPC, TELEMETRY, PROCESS, rooms("queue", "service", "settings"))));
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
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void guice_isKnownToTheServerAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..")
        .check(CLASSES);
  }

  @Test
  void telemetry_isKnownToTheServerAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "telemetry..", ROOT + "server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "telemetry..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "telemetry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TELEMETRY)
        .check(CLASSES);
  }

  @Test
  void pureRooms_neitherLogNorReadTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            rooms("instance", "machine", "sharing", "curve", "solve", "paper", "plan", "analyze"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.System$Logger")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "java.time..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void rooms_haveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
