// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The restricted profile of the Kubernetes Pod Security Standards, and beyond it a root file system
 * that is only read, no profile but the runtime's, and no token.
 */
class RestrictedProfile {

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private final List<String> faults = new ArrayList<>();

  private RestrictedProfile() {}

  /** All rules that the manifests break. */
  static List<String> faults(Manifests manifests) {
    RestrictedProfile profile = new RestrictedProfile();
    for (V1Namespace namespace : manifests.all(V1Namespace.class)) {
      profile.require(
          "restricted"
              .equals(
                  namespace.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce")),
          "the namespace enforces it");
    }
    profile.require(manifests.all(V1Namespace.class).size() == 1, "there is a namespace");
    for (V1Deployment deployment : manifests.all(V1Deployment.class)) {
      profile.pod(deployment.getSpec().getTemplate().getSpec());
    }
    profile.require(
        manifests.all(V1ServiceAccount.class).stream()
            .allMatch(account -> Boolean.FALSE.equals(account.getAutomountServiceAccountToken())),
        "the account gives no token");
    return profile.faults;
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      faults.add(rule);
    }
  }

  private void pod(V1PodSpec pod) {
    require(
        Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC())
            .noneMatch(Boolean.TRUE::equals),
        "the host's namespaces are its own");
    require(Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()), "no token is mounted");
    for (JsonElement volume : JSON.getGson().toJsonTree(pod.getVolumes()).getAsJsonArray()) {
      JsonObject kinds = volume.getAsJsonObject().deepCopy();
      kinds.remove("name");
      require(VOLUMES.containsAll(kinds.keySet()), "volumes are of allowed kinds");
    }
    V1PodSecurityContext context = pod.getSecurityContext();
    require(
        Boolean.TRUE.equals(context.getRunAsNonRoot())
            && context.getRunAsUser() != null
            && context.getRunAsUser() != 0,
        "the user is not root");
    require(
        context.getSeccompProfile() != null
            && "RuntimeDefault".equals(context.getSeccompProfile().getType()),
        "system calls are those of the runtime's profile");
    require(
        context.getSysctls().isEmpty()
            && context.getSeLinuxOptions() == null
            && context.getAppArmorProfile() == null,
        "nothing of the kernel is set");
    for (V1Container container :
        Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream()).toList()) {
      container(container);
    }
  }

  private void container(V1Container container) {
    require(
        container.getPorts().stream().allMatch(port -> port.getHostPort() == null),
        "the host's ports are its own");
    V1SecurityContext context = container.getSecurityContext();
    require(
        context.getRunAsUser() == null
            && context.getRunAsNonRoot() == null
            && context.getSeccompProfile() == null
            && context.getProcMount() == null
            && context.getSeLinuxOptions() == null
            && !Boolean.TRUE.equals(context.getPrivileged()),
        "the container does not weaken what the pod says");
    require(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()), "privileges do not escalate");
    require(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
        "the root file system is only read");
    V1Capabilities capabilities = context.getCapabilities();
    require(
        capabilities != null
            && capabilities.getDrop().equals(List.of("ALL"))
            && capabilities.getAdd().isEmpty(),
        "all capabilities are dropped");
  }
}
