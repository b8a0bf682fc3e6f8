// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.latencyPoint;
import static io.partialloading.planner.fixture.TestRequests.nanoseconds;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Duration;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.BatchTable;
import io.partialloading.planner.instance.ComputeTimes;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.BatchLatencyPoint;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.BatchMemoryPoint;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.Model;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferPoint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredProfilesTest {
  private static final String COMPUTE_TABLE = "block_library.models[1].compute.table";
  private static final String MEMORY_TABLE = "block_library.models[1].memory.table";
  private static final String LATENCY = COMPUTE_TABLE + ".latency";
  private static final String BYTES = MEMORY_TABLE + ".bytes";
  private static final String POINTS = "edge_server.storage_to_host.piecewise_linear.points";

  private static final Duration NEGATIVE = Duration.newBuilder().setSeconds(-1).build();

  private static PlanRequest.Builder withLatencies(Duration... latencies) {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getComputeBuilder()
        .setTable(BatchLatencyTable.newBuilder().addAllLatency(List.of(latencies)));
    return request;
  }

  private static PlanRequest.Builder withMemory(Long... bytes) {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .setTable(MemoryTable.newBuilder().addAllBytes(List.of(bytes)));
    return request;
  }

  private static PlanRequest.Builder withLatencyPoints(BatchLatencyPoint.Builder... points) {
    PlanRequest.Builder request = withLatencies();
    for (BatchLatencyPoint.Builder point : points) {
      request
          .getBlockLibraryBuilder()
          .getModelsBuilder(1)
          .getComputeBuilder()
          .getTableBuilder()
          .addPoints(point);
    }
    return request;
  }

  private static BatchMemoryPoint.Builder memoryPoint(int size, long bytes) {
    return BatchMemoryPoint.newBuilder().setBatchSize(size).setBytes(bytes);
  }

  private static PlanRequest.Builder withPoints(TransferPoint.Builder... points) {
    PlanRequest.Builder request = TestRequests.good();
    PiecewiseLinearTransfer.Builder profile =
        request.getEdgeServerBuilder().getStorageToHostBuilder().getPiecewiseLinearBuilder();
    for (TransferPoint.Builder point : points) {
      profile.addPoints(point);
    }
    return request;
  }

  private static TransferPoint.Builder point(long bytes, long time) {
    return TransferPoint.newBuilder().setBytes(bytes).setDuration(nanoseconds(time));
  }

  private static Instance read(PlanRequest.Builder request) {
    return new RequestReader(Limits.DEFAULT).read(request.build(), StopSignal.NEVER).instance();
  }

  private static List<Fault> faults(PlanRequest.Builder request) {
    return assertThrows(InvalidRequestException.class, () -> read(request)).faults();
  }

  private static List<String> paths(PlanRequest.Builder request) {
    return faults(request).stream().map(Fault::field).toList();
  }

  @Test
  void read_latencyTable_isTheTimeOfEachSizeAndBoundsTheBatch() {
    Instance instance = read(withLatencies(nanoseconds(5), nanoseconds(5), nanoseconds(9)));

    assertEquals(5, instance.model(0).compute().time(1));
    assertEquals(5, instance.model(0).compute().time(2));
    assertEquals(9, instance.model(0).compute().time(3));
    assertEquals(3, instance.model(0).largestBatch());
  }

  @Test
  void read_latencyTableThatDips_isTheLeastTimeOfAllLargerSizes() {
    ComputeTimes compute =
        read(withLatencies(nanoseconds(9), nanoseconds(4), nanoseconds(7), nanoseconds(6)))
            .model(0)
            .compute();

    assertEquals(4, compute.time(1));
    assertEquals(4, compute.time(2));
    assertEquals(6, compute.time(3));
    assertEquals(6, compute.time(4));
  }

  @Test
  void read_dipBeyondWhatTheGpuHolds_countsAllTheSame() {
    // A batch of 3 does not fit. That it takes less time than one of 2 says that one of 2 does too.
    PlanRequest.Builder request = withLatencies(nanoseconds(5), nanoseconds(9), nanoseconds(7));
    request.getBlockLibraryBuilder().getModelsBuilder(1).setMaxBatchSize(2);

    assertEquals(7, read(request).model(0).compute().time(2));
    assertEquals(2, read(request).model(0).largestBatch());
  }

  @Test
  void read_margin_isAddedToTheLeastTime() {
    PlanRequest.Builder request = withLatencies(nanoseconds(900), nanoseconds(400));
    request.getOptionsBuilder().setComputeMargin(0.5);

    assertEquals(600, read(request).model(0).compute().time(1));
  }

  @Test
  void read_latencyPoints_areTheTimesOfTheNextMeasuredSize() {
    Instance instance =
        read(withLatencyPoints(latencyPoint(2, 5), latencyPoint(4, 9), latencyPoint(8, 7)));

    assertEquals(5, instance.model(0).compute().time(1));
    assertEquals(5, instance.model(0).compute().time(2));
    assertEquals(7, instance.model(0).compute().time(3));
    assertEquals(8, instance.model(0).compute().largestBatch());
  }

  @Test
  void read_pointsFarApart_takeNoMemoryForWhatIsBetween() {
    PlanRequest.Builder request =
        withLatencyPoints(latencyPoint(1, 5), latencyPoint(Integer.MAX_VALUE, 9));
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .setTable(
            MemoryTable.newBuilder()
                .addPoints(memoryPoint(1, 1))
                .addPoints(memoryPoint(Integer.MAX_VALUE, 2)));
    request.getOptionsBuilder().setComputeMargin(1);

    assertEquals(18, read(request).model(0).compute().time(2));
    assertEquals(Integer.MAX_VALUE, read(request).model(0).largestBatch());
  }

  @Test
  void read_latencyTableEntryWrong_isOneFaultWithTheFirst() {
    assertEquals(
        List.of(new Fault(LATENCY + "[0]", "-1 s and 0 ns is negative")),
        faults(withLatencies(NEGATIVE, nanoseconds(5), nanoseconds(7), nanoseconds(6))));
    assertEquals(
        List.of(new Fault(LATENCY + "[1]", "-1 s and 0 ns is negative (and 1 more entry)")),
        faults(withLatencies(nanoseconds(5), NEGATIVE, nanoseconds(7), NEGATIVE)));
    Duration[] wrong = new Duration[160];
    Arrays.fill(wrong, NEGATIVE);
    assertEquals(
        List.of(new Fault(LATENCY + "[0]", "-1 s and 0 ns is negative (and 159 more entries)")),
        faults(withLatencies(wrong)));
  }

  @Test
  void read_latencyPointWrong_isOneFaultWithTheFirst() {
    String points = COMPUTE_TABLE + ".points";
    assertEquals(
        List.of(new Fault(points + "[0].batch_size", "0 is not positive (and 2 more entries)")),
        faults(withLatencyPoints(latencyPoint(0, 1), latencyPoint(0, 1), latencyPoint(-1, 1))));
    assertEquals(
        List.of(new Fault(points + "[1].batch_size", "4294967295 exceeds 2^31 - 1")),
        faults(withLatencyPoints(latencyPoint(1, 1), latencyPoint(-1, 1), latencyPoint(2, 1))));
    assertEquals(
        List.of(new Fault(points + "[1].batch_size", "4 is not more than the 4 before it")),
        faults(withLatencyPoints(latencyPoint(4, 1), latencyPoint(4, 1), latencyPoint(5, 1))));
    assertEquals(
        List.of(new Fault(points + "[1].latency", "-1 s and 0 ns is negative (and 1 more entry)")),
        faults(
            withLatencyPoints(
                latencyPoint(1, 1),
                latencyPoint(2, 1).setLatency(NEGATIVE),
                latencyPoint(3, 1).clearLatency())));
    assertEquals(
        List.of(new Fault(points + "[0].latency", "is missing")),
        faults(withLatencyPoints(latencyPoint(1, 1).clearLatency())));
  }

  @Test
  void read_bothKindsOfEntriesOrNone_isAFaultOfTheTable() {
    PlanRequest.Builder both = withLatencyPoints(latencyPoint(1, 1));
    both.getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getComputeBuilder()
        .getTableBuilder()
        .addLatency(nanoseconds(1));
    PlanRequest.Builder bothOfMemory = withMemory(1L);
    bothOfMemory
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .getTableBuilder()
        .addPoints(memoryPoint(1, 1));

    assertEquals(List.of(new Fault(COMPUTE_TABLE, "has both latency and points")), faults(both));
    assertEquals(
        List.of(new Fault(COMPUTE_TABLE, "has neither latency nor points")),
        faults(withLatencies()));
    assertEquals(
        List.of(new Fault(MEMORY_TABLE, "has both bytes and points")), faults(bothOfMemory));
    assertEquals(
        List.of(new Fault(MEMORY_TABLE, "has neither bytes nor points")), faults(withMemory()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "9, 0",
    "10, 1",
    "19, 1",
    "20, 3",
    "29, 3",
    "30, 4",
    "9223372036854775807, 4"
  })
  void read_memoryTable_isTheLargestBatchThatFits(long gpuMemory, int expected) {
    assertEquals(
        expected,
        new BatchMemory.Table(BatchTable.ofEach(new long[] {10, 20, 20, 30}))
            .largestBatch(gpuMemory));
  }

  @Test
  void read_memoryTable_boundsTheBatch() {
    Instance instance = read(withMemory(0L, 8_000_000_000L, 8_000_000_001L));

    assertEquals(2, instance.model(0).largestBatch());
  }

  @Test
  void read_memoryTableThatDips_boundsTheBatchByTheLargestThatFits() {
    Instance instance = read(withMemory(9_000_000_000L, 8_000_000_000L, 8_000_000_001L));

    assertEquals(2, instance.model(0).largestBatch());
  }

  @Test
  void read_memoryPoints_boundTheBatchByTheLargestThatFits() {
    PlanRequest.Builder request = withMemory();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .getTableBuilder()
        .addPoints(memoryPoint(4, 70_000_000))
        .addPoints(memoryPoint(16, 90_000_000))
        .addPoints(memoryPoint(32, 80_000_000))
        .addPoints(memoryPoint(64, 8_000_000_001L));

    assertEquals(32, read(request).model(0).largestBatch());
    request.getEdgeServerBuilder().setGpuMemoryBytes(79_999_999);
    assertEquals(4, read(request).model(0).largestBatch());
  }

  @Test
  void read_memoryTableEntryWrong_isOneFaultWithTheFirst() {
    assertEquals(
        List.of(new Fault(BYTES + "[1]", "18446744073709551615 exceeds 2^63 - 1")),
        faults(withMemory(5L, -1L, 5L)));
    assertEquals(
        List.of(
            new Fault(BYTES + "[0]", "18446744073709551614 exceeds 2^63 - 1 (and 1 more entry)")),
        faults(withMemory(-2L, -1L, 5L)));
    PlanRequest.Builder points = withMemory();
    points
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .getMemoryBuilder()
        .getTableBuilder()
        .addPoints(memoryPoint(1, -1))
        .addPoints(memoryPoint(1, 5))
        .addPoints(memoryPoint(1, 5));
    assertEquals(
        List.of(
            new Fault(
                MEMORY_TABLE + ".points[0].bytes",
                "18446744073709551615 exceeds 2^63 - 1 (and 2 more entries)")),
        faults(points));
  }

  @ParameterizedTest
  @CsvSource({
    "60000000, 0, 2147483647", // no profile: just the blocks
    "59999999, 0, 0",
    "60000000, 1, 60", // a profile that is smaller than the blocks
    "59999999, 1, 0",
    "60000000, 60000000, 1",
  })
  void read_modelTakesAtLeastItsBlocks(long gpuMemory, long bytesPerSample, int expected) {
    PlanRequest.Builder request = TestRequests.good();
    request.getEdgeServerBuilder().setGpuMemoryBytes(gpuMemory);
    Model.Builder beta = request.getBlockLibraryBuilder().getModelsBuilder(2).clearMemory();
    if (bytesPerSample > 0) {
      long perSample = bytesPerSample == 1 ? 1_000_000 : bytesPerSample;
      beta.getMemoryBuilder().getAffineBuilder().setBytesPerSample(perSample);
    }

    assertEquals(expected, read(request).model(1).largestBatch());
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 1", "3, 3", "5, 4", "2147483647, 4", "2147483648, 4", "4294967295, 4"})
  void read_maxBatchSize_boundsTheBatch(long maxBatchSize, int expected) {
    PlanRequest.Builder request = TestRequests.good();
    request
        .getBlockLibraryBuilder()
        .getModelsBuilder(1)
        .setMaxBatchSize(Integer.parseUnsignedInt(Long.toString(maxBatchSize)));

    assertEquals(expected, read(request).model(0).largestBatch());
  }

  @Test
  void read_piecewiseLinearTransfer_isLinearFromTheOriginAndOnwards() {
    PlanRequest.Builder request = withPoints(point(10, 100), point(20, 100), point(30, 400));
    request.getEdgeServerBuilder().clearHostToGpu();

    Instance instance = read(request);

    assertEquals(0, instance.loadTimes().time(0));
    assertEquals(50, instance.loadTimes().time(5));
    assertEquals(100, instance.loadTimes().time(15));
    assertEquals(250, instance.loadTimes().time(25));
    assertEquals(700, instance.loadTimes().time(40));
  }

  @Test
  void read_transferPointWrong_isOneFaultWithTheFirst() {
    assertEquals(List.of(POINTS), paths(withPoints()));
    assertEquals(
        List.of(new Fault(POINTS + "[0].bytes", "0 is not positive (and 1 more entry)")),
        faults(withPoints(point(0, 5), point(7, 5).setDuration(NEGATIVE), point(8, 5))));
    assertEquals(
        List.of(new Fault(POINTS + "[1].bytes", "7 is not more than the 7 before it")),
        faults(withPoints(point(7, 5), point(7, 4), point(8, 5))));
    assertEquals(
        List.of(new Fault(POINTS + "[1].duration", "4 ns is less than the 5 before it")),
        faults(withPoints(point(7, 5), point(8, 4), point(9, 5))));
    assertEquals(List.of(POINTS + "[0].bytes"), paths(withPoints(point(-1, 5))));
  }

  @Test
  void read_wholeModelTransfersLongerThan64Bits_isAFaultOfTheStage() {
    // The largest model has 60,000,000 bytes.
    assertEquals(List.of("edge_server.storage_to_host"), paths(withPoints(point(1, 1L << 40))));
    assertDoesNotThrow(() -> read(withPoints(point(1, 1L << 37))));
  }

  @Test
  void read_moreTableEntriesThanLimits_isTooLarge() {
    RequestReader reader = new RequestReader(new Limits(3, 3, 4, 6, 3, 1));
    PlanRequest.Builder tables = withLatencies(nanoseconds(1), nanoseconds(2));
    tables
        .getBlockLibraryBuilder()
        .getModelsBuilder(0)
        .getMemoryBuilder()
        .setTable(MemoryTable.newBuilder().addBytes(1));
    PlanRequest.Builder transfers = withPoints(point(1, 1), point(2, 2));
    PiecewiseLinearTransfer.Builder second =
        transfers.getEdgeServerBuilder().getHostToGpuBuilder().getPiecewiseLinearBuilder();
    second.addPoints(point(1, 1));

    assertDoesNotThrow(() -> reader.read(tables.build(), StopSignal.NEVER));
    assertDoesNotThrow(() -> reader.read(transfers.build(), StopSignal.NEVER));
    tables
        .getBlockLibraryBuilder()
        .getModelsBuilder(0)
        .getMemoryBuilder()
        .getTableBuilder()
        .clearBytes()
        .addPoints(memoryPoint(1, 1))
        .addPoints(memoryPoint(2, 1));
    second.addPoints(point(2, 1));

    assertEquals(
        "block_library.models: 4 table entries exceed this server's limit of 3",
        assertThrows(
                RequestTooLargeException.class, () -> reader.read(tables.build(), StopSignal.NEVER))
            .getMessage());
    assertEquals(
        "edge_server: 4 table entries exceed this server's limit of 3",
        assertThrows(
                RequestTooLargeException.class,
                () -> reader.read(transfers.build(), StopSignal.NEVER))
            .getMessage());
  }
}
