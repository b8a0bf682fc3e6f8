// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kubernetes.client.openapi.models.V1Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

  @ParameterizedTest
  @ValueSource(strings = {"development", "production"})
  void anOverlayHasOneDeployment(String overlay) {
    Manifests manifests = Manifests.parse(Rendered.overlay(overlay));

    assertEquals(1, manifests.all(V1Deployment.class).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "terminationGracePeriodSeconds: | terminationGraceSeconds:",
        "memory: 512Mi | memory: 512Megs",
        "memory: 512Mi | memory: ''",
        "containerPort: 50052 | containerPort: management",
        "containerPort: 50052 | hostIP: 127.0.0.1",
        "maxUnavailable: 0 | maxUnavailable: [0]",
        "minReplicas: 3 | minReplicas: three",
        "kind: HorizontalPodAutoscaler | kind: HorizontalPodScaler",
        "apiVersion: autoscaling/v2 | apiVersion: autoscaling/v2beta1",
        "readOnlyRootFilesystem: true | readOnlyRootFileSystem: true",
        "whenUnsatisfiable: ScheduleAnyway | ifUnsatisfiable: ScheduleAnyway",
        "value: 0.0.0.0 | value: {a: b}",
        "value: json | value: true",
        "value: json | value: 1",
        "enableServiceLinks: false | enableServiceLinks: 'no'",
        "runAsNonRoot: true | runAsNonRoot: 'true'",
        "policyTypes: | types:",
        "scaleTargetRef: | scaleTarget:",
      })
  void whatTheApiWouldRefuseIsNotRead(String text, String instead) {
    String wrong = Rendered.overlay("production", text, instead);

    assertThrows(IllegalArgumentException.class, () -> Manifests.parse(wrong));
  }

  @Test
  void aFieldGivenTwiceIsNotRead() {
    String wrong =
        Rendered.overlay(
            "production", "runAsNonRoot: true", "runAsNonRoot: true\n        runAsNonRoot: true");

    assertThrows(RuntimeException.class, () -> Manifests.parse(wrong));
  }
}
