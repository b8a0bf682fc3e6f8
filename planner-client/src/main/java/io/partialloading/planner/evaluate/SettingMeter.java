// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.evaluate;

import io.partialloading.planner.client.PlannerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Measures settings by several workers; a timed setting by a single one, after warming up. Who
 * measures which realisation makes no difference to the numbers.
 */
public final class SettingMeter implements AutoCloseable {
  private final int workers;
  private final Duration warmUp;
  private final ExecutorService executor;
  private volatile boolean stopped;

  /**
   * A meter.
   *
   * @param workers number of threads, at least 1
   * @param warmUp how long each curve of a timed setting is planned before it is measured; once at
   *     least
   */
  public SettingMeter(int workers, Duration warmUp) {
    this.workers = workers;
    this.warmUp = warmUp;
    this.executor =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "evaluation");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The realisations of a task, in their order.
   *
   * @param made is told of plans as they are made, by the workers
   * @throws CancellationException once stopped
   */
  List<Realisation> measure(PlannerClient planner, Task task, Campaign campaign, IntConsumer made) {
    Measurement measurement = new Measurement(planner, task);
    Realisation[] realisations = new Realisation[campaign.realisationsOf(task.setting())];
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    Runnable worker =
        () -> {
          try {
            int i = next.getAndIncrement();
            while (i < realisations.length && !failed.get() && !stopped) {
              realisations[i] = measurement.realisation(campaign.seedOf(i + 1));
              made.accept(task.curves().size());
              i = next.getAndIncrement();
            }
          } catch (RuntimeException e) {
            failed.set(true);
            throw e;
          }
        };
    if (task.setting().timed()) {
      run(List.of(() -> warmUp(measurement, task, campaign)));
      run(List.of(worker));
    } else {
      run(Collections.nCopies(workers, worker));
    }
    return Arrays.asList(realisations);
  }

  /** Plans and does not measure, so that the compiler has done its work when measuring begins. */
  private void warmUp(Measurement measurement, Task task, Campaign campaign) {
    int realisations = campaign.realisationsOf(task.setting());
    for (Curve curve : task.curves()) {
      long start = System.nanoTime();
      int i = 0;
      do {
        measurement.rehearse(curve, campaign.seedOf(i % realisations + 1));
        i++;
      } while (!stopped && System.nanoTime() - start < warmUp.toNanos());
    }
  }

  private void run(List<Runnable> work) {
    List<Future<?>> parts = new ArrayList<>();
    for (Runnable part : work) {
      if (stopped) {
        break;
      }
      parts.add(executor.submit(part));
    }
    RuntimeException failure = null;
    for (Future<?> part : parts) {
      try {
        part.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        failure = (RuntimeException) e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop();
      }
    }
    if (stopped) {
      throw new CancellationException("stopped");
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Has measuring end soon, by an exception; for another thread than the one that measures. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stop();
    executor.shutdownNow();
  }
}
