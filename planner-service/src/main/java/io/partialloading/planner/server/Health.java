// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.List;

/**
 * What health checks are told: under the empty name and the planner's whether it takes calls, under
 * {@value #LIVENESS} that the process lives, which holds until it ends.
 */
final class Health {
  static final String LIVENESS = "liveness";

  private static final List<String> READINESS =
      List.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, PlannerServiceGrpc.SERVICE_NAME);

  private final HealthStatusManager statuses = new HealthStatusManager();

  /** Alive, but not ready. */
  Health() {
    setReady(false);
    statuses.setStatus(LIVENESS, ServingStatus.SERVING);
  }

  /** The health service. */
  BindableService service() {
    return statuses.getHealthService();
  }

  /** Says whether calls are taken. */
  void setReady(boolean isReady) {
    ServingStatus status = isReady ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    READINESS.forEach(name -> statuses.setStatus(name, status));
  }
}
