// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.ServerCall;
import io.partialloading.planner.queue.Client;
import io.partialloading.planner.queue.Holding;
import io.partialloading.planner.queue.Work;

/**
 * A call that was let in.
 *
 * @param call the call
 * @param work what it asks for
 * @param client whose it is
 * @param holding what it holds; already counted as a call in progress
 * @param signal tells when it is cancelled or its time is up; to be closed with it
 * @param admission what it came through
 * @param <A> its answers
 */
record Admitted<A>(
    ServerCall<RequestMessage, A> call,
    Work work,
    Client client,
    Holding holding,
    CallSignal signal,
    Admission admission) {}
