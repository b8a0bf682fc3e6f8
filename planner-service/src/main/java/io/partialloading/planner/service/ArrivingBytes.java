// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.partialloading.planner.v1.PlannerServiceGrpc;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells a call of the bytes of its messages as they come, long before a large message is whole. */
final class ArrivingBytes extends ServerStreamTracer {
  private static final Context.Key<ArrivingBytes> KEY = Context.key("arriving-bytes");
  private static final ServerStreamTracer UNWATCHED = new ServerStreamTracer() {};

  private volatile @Nullable LongConsumer call;

  /** Has the current call told, if the server watches what arrives. */
  static void tell(LongConsumer call) {
    ArrivingBytes bytes = KEY.get();
    if (bytes != null) {
      bytes.call = call;
    }
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void inboundWireSize(long bytes) {
    LongConsumer told = call;
    if (told != null && bytes > 0) {
      told.accept(bytes);
    }
  }

  /** Watches the calls of the planner. */
  static final class Factory extends ServerStreamTracer.Factory {
    private static final String PREFIX = PlannerServiceGrpc.SERVICE_NAME + "/";

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return fullMethodName.startsWith(PREFIX) ? new ArrivingBytes() : UNWATCHED;
    }
  }
}
