// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Memory, garbage collection, threads and processor time of the process, named as OpenTelemetry's
 * conventions for the JVM name them. Reads them when asked; only collections are listened for.
 */
final class JvmMetrics implements AutoCloseable {
  static final String GC_DURATION = "jvm.gc.duration";

  private static final AttributeKey<String> MEMORY_TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> GC_NAME = AttributeKey.stringKey("jvm.gc.name");
  private static final AttributeKey<String> GC_ACTION = AttributeKey.stringKey("jvm.gc.action");

  private final Map<MemoryPoolMXBean, Attributes> pools = new LinkedHashMap<>();
  private final DoubleHistogram collections;
  private final NotificationListener listener = this::collected;

  JvmMetrics(Meter meter) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
      pools.put(pool, Attributes.of(MEMORY_TYPE, type, POOL, pool.getName()));
    }
    memory(meter, "jvm.memory.used", "Memory in use", MemoryUsage::getUsed);
    memory(meter, "jvm.memory.committed", "Memory taken", MemoryUsage::getCommitted);
    memory(meter, "jvm.memory.limit", "Most memory that may be taken", MemoryUsage::getMax);
    meter
        .upDownCounterBuilder("jvm.thread.count")
        .setUnit("{thread}")
        .setDescription("Threads of the process")
        .buildWithCallback(
            threads -> threads.record(ManagementFactory.getThreadMXBean().getThreadCount()));
    processor(meter);
    collections =
        meter
            .histogramBuilder(GC_DURATION)
            .setUnit("s")
            .setDescription("Time that garbage collections took")
            .build();
    listen();
  }

  private void memory(Meter meter, String name, String what, ToLongFunction<MemoryUsage> part) {
    meter
        .upDownCounterBuilder(name)
        .setUnit("By")
        .setDescription(what)
        .buildWithCallback(measurement -> pools.forEach((p, a) -> record(measurement, p, a, part)));
  }

  private static void record(
      ObservableLongMeasurement measurement,
      MemoryPoolMXBean pool,
      Attributes attributes,
      ToLongFunction<MemoryUsage> part) {
    MemoryUsage usage = pool.getUsage(); // null once the pool is gone
    long bytes = usage == null ? -1 : part.applyAsLong(usage);
    if (bytes >= 0) {
      measurement.record(bytes, attributes);
    }
  }

  private static void processor(Meter meter) {
    meter
        .upDownCounterBuilder("jvm.cpu.count")
        .setUnit("{cpu}")
        .setDescription("Processors that the process may use")
        .buildWithCallback(count -> count.record(Runtime.getRuntime().availableProcessors()));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      meter
          .counterBuilder("jvm.cpu.time")
          .ofDoubles()
          .setUnit("s")
          .setDescription("Processor time that the process used")
          .buildWithCallback(time -> time.record(system.getProcessCpuTime() * 1e-9));
    }
  }

  private void listen() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            listener,
            n ->
                n.getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
            null);
      }
    }
  }

  private void collected(Notification notification, Object nothing) {
    GarbageCollectionNotificationInfo collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    collections.record(
        collection.getGcInfo().getDuration() * 1e-3,
        Attributes.of(GC_NAME, collection.getGcName(), GC_ACTION, collection.getGcAction()));
  }

  /** Listens no longer. */
  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(listener);
        } catch (JMException e) {
          // it was not listening
        }
      }
    }
  }
}
