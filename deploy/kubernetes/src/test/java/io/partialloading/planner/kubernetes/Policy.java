// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds between the planner's objects, beyond what the API asks of each. */
class Policy {

  private final List<String> faults = new ArrayList<>();
  private final Manifests manifests;
  private final V1Deployment deployment;
  private final V1PodSpec pod;
  private final V1Container container;

  private Policy(Manifests manifests) {
    this.manifests = manifests;
    deployment = manifests.all(V1Deployment.class).get(0);
    pod = deployment.getSpec().getTemplate().getSpec();
    container = pod.getContainers().get(0);
  }

  /** All that is wrong with the manifests; empty if nothing is. */
  static List<String> faults(Manifests manifests) {
    Policy policy = new Policy(manifests);
    try {
      policy.settings(ServerSettings.of(policy.container));
    } catch (IllegalArgumentException e) {
      policy.faults.add("settings: " + e.getMessage());
    }
    policy.image();
    policy.resources();
    policy.selectors();
    policy.services();
    policy.replicas();
    policy.secrets();
    policy.certificate();
    policy.serviceMonitor();
    policy.networkPolicy();
    return policy.faults;
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      faults.add(rule);
    }
  }

  private void settings(Map<String, String> settings) {
    require(
        ports()
            .equals(
                Map.of(
                    "grpc", Integer.valueOf(settings.get("port")),
                    "management", Integer.valueOf(settings.get("management-port")),
                    "metrics", Integer.valueOf(settings.get("metrics-port")))),
        "the container's ports are those that the server listens on");
    require(
        Stream.of("address", "management-address", "metrics-address")
            .allMatch(address -> settings.get(address).equals("0.0.0.0")),
        "the server listens on the pod's address");
    require(
        container.getEnv().stream()
            .anyMatch(
                variable ->
                    variable.getName().equals("PLANNER_PLANNING_THREADS")
                        && variable.getValueFrom() != null
                        && variable.getValueFrom().getResourceFieldRef() != null
                        && variable
                            .getValueFrom()
                            .getResourceFieldRef()
                            .getResource()
                            .equals("requests.cpu")),
        "as many planning threads as CPUs are requested");
    long drain =
        Long.parseLong(settings.get("drain-notice-seconds"))
            + Long.parseLong(settings.get("drain-seconds"));
    require(
        pod.getTerminationGracePeriodSeconds() > drain + 5,
        "the grace period is longer than the drain and 5 s");
    int management = Integer.parseInt(settings.get("management-port"));
    require(
        asks(container.getStartupProbe(), management, "liveness")
            && asks(container.getLivenessProbe(), management, "liveness")
            && asks(
                container.getReadinessProbe(),
                management,
                "partialloading.planner.v1.PlannerService"),
        "probes ask the management port for services that it tells of");
    require(
        Boolean.parseBoolean(settings.get("plaintext"))
            != (!settings.get("tls-client-ca").equals("none")
                && !settings.get("tls-allowed-client").equals("none")),
        "calls are in plain text, or the server knows its clients");
  }

  private static boolean asks(V1Probe probe, int port, String service) {
    return probe != null
        && probe.getGrpc() != null
        && probe.getGrpc().getPort() == port
        && service.equals(probe.getGrpc().getService());
  }

  private void image() {
    String name = container.getImage().substring(container.getImage().lastIndexOf('/') + 1);
    require(
        name.matches("partialloading-planner(:.+|@sha256:[0-9a-f]{64})")
            && !name.endsWith(":latest"),
        "the image has a tag or a digest, and not latest");
  }

  private void resources() {
    Map<String, ?> requests = container.getResources().getRequests();
    Map<String, ?> limits = container.getResources().getLimits();
    require(requests.containsKey("cpu"), "CPU is requested");
    require(!limits.containsKey("cpu"), "CPU is not limited");
    require(
        requests.containsKey("memory") && requests.get("memory").equals(limits.get("memory")),
        "the memory requested is its limit");
  }

  private void selectors() {
    require(selected(deployment.getSpec().getSelector()), "the deployment selects its pods");
    require(
        !pod.getTopologySpreadConstraints().isEmpty()
            && pod.getTopologySpreadConstraints().stream()
                .allMatch(constraint -> selected(constraint.getLabelSelector())),
        "pods are spread among one another");
    require(
        manifests.all(V1PodDisruptionBudget.class).stream()
            .allMatch(budget -> selected(budget.getSpec().getSelector())),
        "the disruption budget is of the pods");
  }

  private boolean selected(V1LabelSelector selector) {
    return selector != null
        && !selector.getMatchLabels().isEmpty()
        && selected(selector.getMatchLabels());
  }

  private boolean selected(Map<String, String> labels) {
    return deployment
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getLabels()
        .entrySet()
        .containsAll(labels.entrySet());
  }

  private Map<String, Integer> ports() {
    return container.getPorts().stream()
        .collect(Collectors.toMap(V1ContainerPort::getName, V1ContainerPort::getContainerPort));
  }

  private void services() {
    List<V1Service> services = manifests.all(V1Service.class);
    require(
        services.stream()
            .map(service -> "None".equals(service.getSpec().getClusterIP()))
            .sorted()
            .toList()
            .equals(List.of(false, true)),
        "one service is headless, and one is not");
    for (V1Service service : services) {
      require(selected(service.getSpec().getSelector()), "services select the pods");
      for (V1ServicePort port : service.getSpec().getPorts()) {
        require(exists(port.getTargetPort()), "services lead to ports of the container");
      }
    }
    require(Boolean.FALSE.equals(pod.getEnableServiceLinks()), "services set no variables");
  }

  private boolean exists(IntOrString port) {
    return port.isInteger()
        ? ports().containsValue(port.getIntValue())
        : ports().containsKey(port.getStrValue());
  }

  private void replicas() {
    require(
        new IntOrString(0)
            .equals(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable()),
        "a roll-out takes no pod away before another is ready");
    for (V2HorizontalPodAutoscaler autoscaler : manifests.all(V2HorizontalPodAutoscaler.class)) {
      require(
          deployment.getSpec().getReplicas() == null, "the autoscaler alone says how many pods");
      require(
          autoscaler.getSpec().getScaleTargetRef().getKind().equals("Deployment")
              && autoscaler
                  .getSpec()
                  .getScaleTargetRef()
                  .getName()
                  .equals(deployment.getMetadata().getName()),
          "the autoscaler is of the deployment");
      List<V1PodDisruptionBudget> budgets = manifests.all(V1PodDisruptionBudget.class);
      require(budgets.size() == 1, "pods that are scaled have a disruption budget");
      for (V1PodDisruptionBudget budget : budgets) {
        IntOrString unavailable = budget.getSpec().getMaxUnavailable();
        require(
            unavailable != null
                && unavailable.isInteger()
                && unavailable.getIntValue() >= 1
                && unavailable.getIntValue() < autoscaler.getSpec().getMinReplicas()
                && autoscaler.getSpec().getMinReplicas() <= autoscaler.getSpec().getMaxReplicas(),
            "the fewest pods allow a disruption, and outlive it");
        require(
            "AlwaysAllow".equals(budget.getSpec().getUnhealthyPodEvictionPolicy()),
            "pods that are not ready can be evicted");
      }
    }
  }

  private void secrets() {
    require(
        container.getEnvFrom().isEmpty()
            && container.getEnv().stream()
                .allMatch(
                    variable ->
                        variable.getValueFrom() == null
                            || variable.getValueFrom().getSecretKeyRef() == null),
        "no secret is in the environment");
    Map<String, V1Volume> volumes =
        pod.getVolumes().stream().collect(Collectors.toMap(V1Volume::getName, volume -> volume));
    require(
        tlsFiles()
            .allMatch(
                file ->
                    mount(file)
                        .filter(mount -> Boolean.TRUE.equals(mount.getReadOnly()))
                        .filter(mount -> mount.getSubPath() == null)
                        .map(mount -> volumes.get(mount.getName()).getSecret())
                        .filter(secret -> (secret.getDefaultMode() & 07) == 0)
                        .isPresent()),
        "files of TLS are on a secret, mounted to read and not for others");
  }

  private Stream<String> tlsFiles() {
    return container.getEnv().stream()
        .filter(
            variable ->
                variable.getName().startsWith("PLANNER_TLS_")
                    && variable.getValue() != null
                    && variable.getValue().startsWith("/"))
        .map(variable -> variable.getValue());
  }

  private Optional<V1VolumeMount> mount(String file) {
    return container.getVolumeMounts().stream()
        .filter(mount -> file.startsWith(mount.getMountPath() + "/"))
        .findFirst();
  }

  private void certificate() {
    Set<String> mounted =
        pod.getVolumes().stream()
            .map(V1Volume::getSecret)
            .filter(Objects::nonNull)
            .map(secret -> secret.getSecretName())
            .collect(Collectors.toSet());
    if (mounted.isEmpty()) {
      return;
    }
    List<JsonObject> issued =
        manifests.custom("Certificate").stream()
            .map(certificate -> certificate.getAsJsonObject("spec"))
            .filter(spec -> mounted.contains(spec.get("secretName").getAsString()))
            .toList();
    require(issued.size() == mounted.size(), "mounted secrets are issued");
    for (JsonObject spec : issued) {
      require(
          "PKCS8".equals(string(spec.getAsJsonObject("privateKey"), "encoding")),
          "the key is one that the server reads");
      Set<String> names =
          spec.getAsJsonArray("dnsNames").asList().stream()
              .map(JsonElement::getAsString)
              .collect(Collectors.toSet());
      require(
          manifests.all(V1Service.class).stream()
              .map(
                  service ->
                      service.getMetadata().getName()
                          + "."
                          + service.getMetadata().getNamespace()
                          + ".svc")
              .allMatch(name -> names.containsAll(Set.of(name, name + ".cluster.local"))),
          "the certificate has the names of the services");
    }
    Set<String> issuers =
        manifests.custom("Issuer").stream()
            .map(issuer -> string(issuer.getAsJsonObject("metadata"), "name"))
            .collect(Collectors.toSet());
    require(
        manifests.custom("Certificate").stream()
            .map(certificate -> certificate.getAsJsonObject("spec").getAsJsonObject("issuerRef"))
            .allMatch(reference -> issuers.contains(string(reference, "name"))),
        "certificates have an issuer");
  }

  private void serviceMonitor() {
    for (JsonObject monitor : manifests.custom("ServiceMonitor")) {
      JsonObject spec = monitor.getAsJsonObject("spec");
      Map<String, JsonElement> labels =
          spec.getAsJsonObject("selector").getAsJsonObject("matchLabels").asMap();
      List<V1Service> scraped =
          manifests.all(V1Service.class).stream()
              .filter(
                  service ->
                      labels.entrySet().stream()
                          .allMatch(
                              label ->
                                  label
                                      .getValue()
                                      .getAsString()
                                      .equals(
                                          service.getMetadata().getLabels().get(label.getKey()))))
              .toList();
      require(scraped.size() == 1, "every pod is scraped once");
      for (V1Service service : scraped) {
        require(
            service.getSpec().getPorts().stream()
                .map(V1ServicePort::getName)
                .toList()
                .contains(
                    string(spec.getAsJsonArray("endpoints").get(0).getAsJsonObject(), "port")),
            "the scraped port exists");
        require(
            "planner".equals(service.getMetadata().getLabels().get(string(spec, "jobLabel"))),
            "the scraped job is named planner");
      }
    }
  }

  private static String string(JsonObject object, String field) {
    return object.has(field) ? object.get(field).getAsString() : "";
  }

  private void networkPolicy() {
    List<V1NetworkPolicy> policies = manifests.all(V1NetworkPolicy.class);
    require(policies.size() == 1, "there is a network policy");
    for (V1NetworkPolicy policy : policies) {
      require(selected(policy.getSpec().getPodSelector()), "the network policy is of the pods");
      require(
          Set.copyOf(policy.getSpec().getPolicyTypes()).equals(Set.of("Ingress", "Egress")),
          "the network policy is both ways");
      require(
          policy.getSpec().getIngress().stream()
              .allMatch(
                  rule ->
                      !rule.getFrom().isEmpty()
                          && !rule.getPorts().isEmpty()
                          && rule.getPorts().stream().allMatch(port -> exists(port.getPort()))),
          "the network policy lets some in, and to ports that exist");
    }
  }
}
