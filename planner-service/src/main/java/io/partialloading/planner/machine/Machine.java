// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.machine;

import io.partialloading.planner.instance.BandwidthSharing;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.RequestedModel;
import io.partialloading.planner.instance.StopSignal;
import java.util.Arrays;
import java.util.List;

/**
 * The edge server as it runs batches. Batches run one after another; each uploads, then loads, then
 * computes. After a batch the GPU holds the blocks of its model and no others, so the next batch
 * loads what its own model has beyond these (the set difference in equation (8)).
 *
 * <p>A search can try: it notes {@link #size}, appends batches, reads their times, and takes them
 * back with {@link #rollBack}. Not thread-safe.
 */
public final class Machine {
  /** In place of a previous model: the GPU as it is when the plan begins. */
  public static final int START = -1;

  /** In place of a previous model: a GPU that holds no block of any requested model. */
  public static final int COLD = -2;

  private static final long UNKNOWN = -1;
  private static final int[] NO_BLOCKS = {};

  private final Instance instance;
  private final long[] firstLoads; // by model, what it loads at the start of the plan
  private final long[] wholeLoads; // by model, the time to load all of it
  private int[] marks = {}; // by block: the mark when it was last held
  private int mark;
  private int holding = COLD; // the model whose blocks have the last mark
  private Batch[] batches = new Batch[16];
  private long[] uploadEnds = new long[16]; // by batch, as are the following
  private long[] loadEnds = new long[16];
  private long[] completions = new long[16];
  private long[] loadBytes = new long[16];
  private int size;

  /** A machine that has run nothing yet. */
  public Machine(Instance instance) {
    this.instance = instance;
    this.firstLoads = new long[instance.modelCount()];
    this.wholeLoads = new long[instance.modelCount()];
    Arrays.fill(firstLoads, UNKNOWN);
    Arrays.fill(wholeLoads, UNKNOWN);
  }

  /** What it runs batches of. */
  public Instance instance() {
    return instance;
  }

  /**
   * Size of the blocks to load for {@code model} after {@code previous}, {@link #START} or {@link
   * #COLD}. Linear in the blocks of the model, and of the one before unless it was asked for last.
   * Without parameter sharing a model is loaded whole unless the batch before was of the same
   * model.
   */
  public long missingBytes(int previous, int model) {
    RequestedModel next = instance.model(model);
    if (previous == model) {
      return 0;
    }
    if (!isReused(previous)) {
      return next.bytes();
    }
    if (previous != START) {
      return bytesNotHeld(previous, next);
    }
    if (firstLoads[model] == UNKNOWN) {
      firstLoads[model] = instance.hasResidentBlocks() ? bytesNotHeld(START, next) : next.bytes();
    }
    return firstLoads[model];
  }

  /** Whether a model may use blocks that another one, or the start, has left on the GPU. */
  private boolean isReused(int previous) {
    return instance.parameterSharing() && previous != COLD;
  }

  private long bytesNotHeld(int previous, RequestedModel model) {
    hold(previous);
    int[] marked = marks;
    int held = mark;
    long missing = 0;
    for (int block : model.blocks()) {
      missing += marked[block] == held ? 0 : instance.blockBytes(block);
    }
    return missing;
  }

  /** Marks the blocks that the GPU holds after a batch of a model, or at the start. */
  private void hold(int previous) {
    if (previous == holding) {
      return;
    }
    holding = previous;
    mark++;
    if (marks.length == 0) {
      marks = new int[instance.blockCount()];
    }
    if (previous == START) {
      for (int block = 0; instance.hasResidentBlocks() && block < marks.length; block++) {
        marks[block] = instance.isResident(block) ? mark : marks[block];
      }
    } else {
      for (int block : instance.model(previous).blocks()) {
        marks[block] = mark;
      }
    }
  }

  /**
   * Time to load {@code model} after {@code previous}, {@link #START} or {@link #COLD}, in ns, at
   * most {@link Instance#NEVER}.
   */
  public long loadTime(int previous, int model) {
    return timeToLoad(model, missingBytes(previous, model));
  }

  /**
   * Time of a batch without its load, in ns, at most {@link Instance#NEVER}.
   *
   * @param unitTimes its users' unit times, ascending
   */
  public static long serviceTime(BandwidthSharing sharing, ComputeTimes compute, long[] unitTimes) {
    return Instance.sum(
        sharing.uploadTime(unitTimes, 0, unitTimes.length), compute.time(unitTimes.length));
  }

  /** Time of a batch of one user without its load, in ns, at most {@link Instance#NEVER}. */
  public long serviceTimeAlone(int user) {
    return serviceTime(
        instance.bandwidthSharing(),
        instance.model(instance.userModel(user)).compute(),
        new long[] {instance.unitTime(user)});
  }

  /** Upload times of some users on the whole band, or with a grid on one PRB, in their order. */
  public long[] unitTimes(int[] users) {
    long[] times = new long[users.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = instance.unitTime(users[i]);
    }
    return times;
  }

  /**
   * Runs one batch more. Linear in its users and the blocks of its model and of the one before.
   *
   * @return when it is done, in ns, at most {@link Instance#NEVER}
   */
  public long append(Batch batch) {
    if (size == batches.length) {
      batches = Arrays.copyOf(batches, 2 * size);
      uploadEnds = Arrays.copyOf(uploadEnds, 2 * size);
      loadEnds = Arrays.copyOf(loadEnds, 2 * size);
      completions = Arrays.copyOf(completions, 2 * size);
      loadBytes = Arrays.copyOf(loadBytes, 2 * size);
    }
    int users = batch.users().length;
    long upload = instance.bandwidthSharing().uploadTime(unitTimes(batch.users()), 0, users);
    batches[size] = batch;
    loadBytes[size] = missingBytes(modelBefore(size), batch.model());
    uploadEnds[size] = Instance.sum(completion(), upload);
    loadEnds[size] = Instance.sum(uploadEnds[size], timeToLoad(batch.model(), loadBytes[size]));
    completions[size] =
        Instance.sum(loadEnds[size], instance.model(batch.model()).compute().time(users));
    return completions[size++];
  }

  private int modelBefore(int batch) {
    return batch == 0 ? START : batches[batch - 1].model();
  }

  /**
   * Runs these batches and no others.
   *
   * @return when the last is done, in ns, at most {@link Instance#NEVER}; 0 without batches
   */
  public long run(List<Batch> plan) {
    rollBack(0);
    plan.forEach(this::append);
    return completion();
  }

  /** Number of batches that have run: a mark to roll back to. */
  public int size() {
    return size;
  }

  /** Takes back all batches but the first {@code mark}. */
  public void rollBack(int mark) {
    if (mark < 0 || mark > size) {
      throw new IllegalArgumentException("%d of %d batches".formatted(mark, size));
    }
    size = mark;
  }

  /** When the last batch is done, in ns; 0 without batches. */
  public long completion() {
    return size == 0 ? 0 : completions[size - 1];
  }

  /** Time of a batch that has run, without its load, in ns. */
  public long serviceTime(int n) {
    return uploadEnds[n] - start(n) + completions[n] - loadEnds[n];
  }

  private long start(int n) {
    return n == 0 ? 0 : completions[n - 1];
  }

  /** A batch that has run. */
  public Batch batch(int n) {
    return batches[n];
  }

  /** The steps of a batch that has run. Linear in the blocks of its model and of the one before. */
  public Steps steps(int n) {
    int model = batches[n].model();
    return new Steps(
        start(n),
        uploadEnds[n],
        uploadEnds[n],
        loadEnds[n],
        loadEnds[n],
        completions[n],
        missingBlocks(modelBefore(n), model),
        loadBytes[n],
        instance.model(model).bytes() - loadBytes[n]);
  }

  private int[] missingBlocks(int previous, int model) {
    if (previous == model) {
      return NO_BLOCKS;
    }
    int[] wanted = instance.model(model).blocks();
    if (!isReused(previous)) {
      return wanted;
    }
    hold(previous);
    int[] missing = new int[wanted.length];
    int count = 0;
    for (int block : wanted) {
      if (marks[block] != mark) {
        missing[count++] = block;
      }
    }
    return Arrays.copyOf(missing, count);
  }

  /**
   * Time to load some bytes of a model; all of them, which is asked for most, is worked out once.
   */
  private long timeToLoad(int model, long bytes) {
    if (bytes != instance.model(model).bytes()) {
      return instance.loadTimes().time(bytes);
    }
    if (wholeLoads[model] == UNKNOWN) {
      wholeLoads[model] = instance.loadTimes().time(bytes);
    }
    return wholeLoads[model];
  }

  /**
   * The same as {@link #loadTime}, but at most {@link Long#MAX_VALUE}: for what is told, not for
   * what is planned.
   */
  public long longLoadTime(int previous, int model) {
    return longTimeToLoad(model, missingBytes(previous, model));
  }

  private long longTimeToLoad(int model, long bytes) {
    long time = timeToLoad(model, bytes);
    return time < Instance.NEVER ? time : instance.loadTimes().longTime(bytes);
  }

  /**
   * By how much the loads of the batches that have run would take longer together if a further
   * batch of a model were among them, at the best place, in ns, at most {@link Long#MAX_VALUE}.
   * Negative where a load is faster in parts, which only loads that are not subadditive are. Linear
   * in the blocks of the batches' models.
   *
   * @param stop asked at every batch whether anybody waits for the answer
   */
  public long leastInsertionTime(int model, StopSignal stop) {
    long bytes = instance.model(model).bytes();
    long least = Long.MAX_VALUE;
    long load = longLoadTime(START, model); // after the batch before
    long shared = UNKNOWN; // with the batch before
    long loadOfNext = 0; // of the batch at hand, after the model
    for (int n = 0; n < size; n++) {
      stop.throwIfCancelled();
      int next = batches[n].model();
      if (next != modelBefore(n)) {
        long missing = missingBytes(model, next);
        loadOfNext = longTimeToLoad(next, missing);
        least = Math.min(least, longer(load, loadOfNext, loadEnds[n] - uploadEnds[n]));
        long sharedWithNext = instance.model(next).bytes() - missing;
        if (sharedWithNext != shared) {
          shared = sharedWithNext;
          load = longTimeToLoad(model, bytes - shared);
        }
      } else {
        least = Math.min(least, longer(load, loadOfNext, 0));
      }
    }
    return Math.min(least, load);
  }

  private static long longer(long load, long loadOfNext, long instead) {
    long loads = Instance.longSum(load, loadOfNext);
    return loads == Long.MAX_VALUE ? loads : loads - instead;
  }
}
