// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static List<String> faults(String yaml) {
    Manifests manifests = Manifests.parse(yaml);
    List<String> faults = new ArrayList<>(RestrictedProfile.faults(manifests));
    faults.addAll(Policy.faults(manifests));
    return faults;
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "production"})
  void anOverlayKeepsEveryRule(String overlay) {
    assertEquals(List.of(), faults(Rendered.overlay(overlay)));
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of("enforce: restricted", "enforce: baseline", "the namespace enforces it"),
        Arguments.of("kind: Namespace", "kind: ConfigMap", "there is a namespace"),
        Arguments.of(
            "automountServiceAccountToken: false",
            "automountServiceAccountToken: true",
            "no token is mounted"),
        Arguments.of(
            "automountServiceAccountToken: false",
            "automountServiceAccountToken: true",
            "the account gives no token"),
        Arguments.of(
            "serviceAccountName: planner",
            "hostNetwork: true",
            "the host's namespaces are its own"),
        Arguments.of(
            "emptyDir:\n          sizeLimit: 64Mi",
            "hostPath: {path: /tmp}",
            "volumes are of allowed kinds"),
        Arguments.of("runAsUser: 65532", "runAsUser: 0", "the user is not root"),
        Arguments.of("runAsNonRoot: true", "runAsNonRoot: false", "the user is not root"),
        Arguments.of(
            "type: RuntimeDefault",
            "type: Unconfined",
            "system calls are those of the runtime's profile"),
        Arguments.of(
            "fsGroup: 65532",
            "sysctls: [{name: net.core.somaxconn, value: '1'}]",
            "nothing of the kernel is set"),
        Arguments.of(
            "- containerPort: 9464",
            "- hostPort: 9464\n          containerPort: 9464",
            "the host's ports are its own"),
        Arguments.of(
            "readOnlyRootFilesystem: true",
            "privileged: true",
            "the container does not weaken what the pod says"),
        Arguments.of(
            "allowPrivilegeEscalation: false",
            "allowPrivilegeEscalation: true",
            "privileges do not escalate"),
        Arguments.of(
            "readOnlyRootFilesystem: true",
            "readOnlyRootFilesystem: false",
            "the root file system is only read"),
        Arguments.of("- ALL", "- NET_RAW", "all capabilities are dropped"),
        Arguments.of("PLANNER_LOG_FORMAT", "PLANNER_LOG_FORMATT", "settings: "),
        Arguments.of("value: json", "value: xml", "settings: "),
        Arguments.of(
            "containerPort: 9464",
            "containerPort: 9465",
            "the container's ports are those that the server listens on"),
        Arguments.of(
            "value: 0.0.0.0", "value: 127.0.0.1", "the server listens on the pod's address"),
        Arguments.of(
            "resource: requests.cpu",
            "resource: limits.cpu",
            "as many planning threads as CPUs are requested"),
        Arguments.of(
            "terminationGracePeriodSeconds: 40",
            "terminationGracePeriodSeconds: 30",
            "the grace period is longer than the drain and 5 s"),
        Arguments.of(
            "port: 50052",
            "port: 50051",
            "probes ask the management port for services that it tells of"),
        Arguments.of(
            "service: liveness",
            "service: alive",
            "probes ask the management port for services that it tells of"),
        Arguments.of(
            "- name: PLANNER_TLS_ALLOWED_CLIENT\n          value: spiffe",
            "- name: OTHER\n          value: spiffe",
            "calls are in plain text, or the server knows its clients"),
        Arguments.of("planner:0.1.0", "planner", "the image has a tag or a digest, and not latest"),
        Arguments.of(
            "partialloading-planner:0.1.0",
            "registry:5000/partialloading-planner:latest",
            "the image has a tag or a digest, and not latest"),
        Arguments.of("cpu: \"1\"", "pods: \"1\"", "CPU is requested"),
        Arguments.of("limits:\n", "limits:\n            cpu: '2'\n", "CPU is not limited"),
        Arguments.of(
            "limits:\n            ephemeral-storage: 128Mi\n            memory: 512Mi",
            "limits:\n            memory: 1Gi",
            "the memory requested is its limit"),
        Arguments.of(
            "  selector:\n    matchLabels:\n      app.kubernetes.io/name: planner\n  strategy:",
            "  selector:\n    matchLabels:\n      app.kubernetes.io/name: other\n  strategy:",
            "the deployment selects its pods"),
        Arguments.of(
            "- labelSelector:\n          matchLabels:\n            app.kubernetes.io/name: planner",
            "- labelSelector:\n          matchLabels:\n            app.kubernetes.io/name: other",
            "pods are spread among one another"),
        Arguments.of(
            "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: planner",
            "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: other",
            "the disruption budget is of the pods"),
        Arguments.of(
            "  selector:\n    app.kubernetes.io/name: planner",
            "  selector:\n    app.kubernetes.io/name: other",
            "services select the pods"),
        Arguments.of(
            "clusterIP: None", "clusterIP: 10.0.0.1", "one service is headless, and one is not"),
        Arguments.of(
            "targetPort: grpc", "targetPort: http", "services lead to ports of the container"),
        Arguments.of(
            "targetPort: metrics", "targetPort: 9465", "services lead to ports of the container"),
        Arguments.of(
            "enableServiceLinks: false", "enableServiceLinks: true", "services set no variables"),
        Arguments.of(
            "maxUnavailable: 0",
            "maxUnavailable: 1",
            "a roll-out takes no pod away before another is ready"),
        Arguments.of(
            "  strategy:\n",
            "  replicas: 3\n  strategy:\n",
            "the autoscaler alone says how many pods"),
        Arguments.of(
            "kind: Deployment\n    name: planner",
            "kind: Deployment\n    name: other",
            "the autoscaler is of the deployment"),
        Arguments.of(
            "maxUnavailable: 1",
            "maxUnavailable: 3",
            "the fewest pods allow a disruption, and outlive it"),
        Arguments.of(
            "maxUnavailable: 1",
            "minAvailable: 3",
            "the fewest pods allow a disruption, and outlive it"),
        Arguments.of(
            "minReplicas: 3",
            "minReplicas: 40",
            "the fewest pods allow a disruption, and outlive it"),
        Arguments.of(
            "unhealthyPodEvictionPolicy: AlwaysAllow",
            "unhealthyPodEvictionPolicy: IfHealthyBudget",
            "pods that are not ready can be evicted"),
        Arguments.of(
            "value: json",
            "valueFrom: {secretKeyRef: {name: planner-tls, key: tls.key}}",
            "no secret is in the environment"),
        Arguments.of(
            "- env:\n",
            "- envFrom: [{secretRef: {name: planner-tls}}]\n        env:\n",
            "no secret is in the environment"),
        Arguments.of(
            "mountPath: /etc/planner/tls",
            "mountPath: /etc/planner/certificates",
            "files of TLS are on a secret, mounted to read and not for others"),
        Arguments.of(
            "readOnly: true",
            "readOnly: false",
            "files of TLS are on a secret, mounted to read and not for others"),
        Arguments.of(
            "defaultMode: 288",
            "defaultMode: 292",
            "files of TLS are on a secret, mounted to read and not for others"),
        Arguments.of(
            "          secretName: planner-tls",
            "          secretName: planner",
            "mounted secrets are issued"),
        Arguments.of("encoding: PKCS8", "encoding: PKCS1", "the key is one that the server reads"),
        Arguments.of(
            "  - planner-headless.partialloading.svc\n",
            "",
            "the certificate has the names of the services"),
        Arguments.of(
            "namespace: partialloading",
            "namespace: edge",
            "the certificate has the names of the services"),
        Arguments.of(
            "      app.kubernetes.io/component: headless\n", "", "every pod is scraped once"),
        Arguments.of(
            "path: /metrics\n    port: metrics",
            "path: /metrics\n    port: http",
            "the scraped port exists"),
        Arguments.of(
            "jobLabel: app.kubernetes.io/name",
            "jobLabel: app.kubernetes.io/component",
            "the scraped job is named planner"),
        Arguments.of(
            "  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: planner",
            "  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: other",
            "the network policy is of the pods"),
        Arguments.of("  - Egress\n", "", "the network policy is both ways"),
        Arguments.of(
            "- port: metrics",
            "- port: 9465",
            "the network policy lets some in, and to ports that exist"),
        Arguments.of(
            "  - from:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: monitoring\n    ports:",
            "  - ports:",
            "the network policy lets some in, and to ports that exist"),
        Arguments.of(
            "kind: Issuer\nmetadata:\n  name: planner-ca\n",
            "kind: Issuer\nmetadata:\n  name: ca\n",
            "certificates have an issuer"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aRuleThatIsBrokenIsNamed(String text, String instead, String rule) {
    List<String> faults = faults(Rendered.overlay("production", text, instead));

    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith(rule)), faults.toString());
  }
}
