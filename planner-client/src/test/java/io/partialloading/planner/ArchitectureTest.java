// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "io.partialloading.planner.client",
              "io.partialloading.planner.cli",
              "io.partialloading.planner.draw",
              "io.partialloading.planner.evaluate",
              "io.partialloading.planner.load",
              "io.partialloading.planner.scenario");

  @Test
  void client_dependsOnTheContractAlone() {
    noClasses()
        .that()
        .resideInAPackage("..planner.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..planner.cli..",
            "..planner.draw..",
            "..planner.evaluate..",
            "..planner.load..",
            "..planner.scenario..",
            "..planner.service..",
            "..planner.wire..",
            "..planner.instance..",
            "..planner.solve..",
            "picocli..",
            "io.grpc.inprocess..",
            "com.google.protobuf.util..")
        .check(CLASSES);
  }

  @Test
  void scenario_knowsNeitherClientNorCommandLineNorService() {
    noClasses()
        .that()
        .resideInAPackage("..planner.scenario..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..planner.client..",
            "..planner.cli..",
            "..planner.draw..",
            "..planner.evaluate..",
            "..planner.service..",
            "picocli..",
            "io.grpc..")
        .check(CLASSES);
  }

  @Test
  void draw_dependsOnTheContractAlone() {
    noClasses()
        .that()
        .resideInAPackage("..planner.draw..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..planner.client..",
            "..planner.cli..",
            "..planner.evaluate..",
            "..planner.scenario..",
            "..planner.service..",
            "..planner.wire..",
            "picocli..",
            "io.grpc..",
            "com.google.protobuf.util..")
        .check(CLASSES);
  }

  @Test
  void evaluate_asksOverTheApiAlone() {
    noClasses()
        .that()
        .resideInAPackage("..planner.evaluate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..planner.cli..",
            "..planner.service..",
            "..planner.wire..",
            "..planner.instance..",
            "..planner.solve..",
            "..planner.verify..",
            "picocli..",
            "io.grpc..")
        .check(CLASSES);
  }

  @Test
  void load_knowsNeitherCommandLineNorService() {
    noClasses()
        .that()
        .resideInAPackage("..planner.load..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..planner.cli..", "..planner.scenario..", "..planner.service..", "picocli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEmbeddedPlanner_knowsTheService() {
    noClasses()
        .that()
        .doNotHaveSimpleName("EmbeddedPlanner")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..planner.service..", "..planner.wire..")
        .check(CLASSES);
  }
}
