// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static io.partialloading.planner.fixture.TestRequests.nanoseconds;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Duration;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.Instance;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.BatchLatencyTable;
import io.partialloading.planner.v1.MemoryTable;
import io.partialloading.planner.v1.PiecewiseLinearTransfer;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.TransferPoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredProfilesTest {
  private static final String LATENCY = "block_library.models[1].compute.table.latency";
  private static final String BYTES = "block_library.models[1].memory.table.bytes";
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
  void read_latencyTableEntryWrong_isAFaultWithItsIndex() {
    assertEquals(List.of(LATENCY), paths(withLatencies()));
    assertEquals(
        List.of(LATENCY + "[0]", LATENCY + "[3]"),
        paths(withLatencies(NEGATIVE, nanoseconds(5), nanoseconds(7), nanoseconds(6))));
    assertEquals(
        List.of(new Fault(LATENCY + "[1]", "4 ns is less than the 5 before it")),
        faults(withLatencies(nanoseconds(5), nanoseconds(4), nanoseconds(5))));
    assertEquals(
        List.of(LATENCY + "[2]"),
        paths(withLatencies(nanoseconds(5), nanoseconds(6), NEGATIVE, nanoseconds(6))));
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
        expected, new BatchMemory.Table(new long[] {10, 20, 20, 30}).largestBatch(gpuMemory));
  }

  @Test
  void read_memoryTable_boundsTheBatch() {
    Instance instance = read(withMemory(0L, 8_000_000_000L, 8_000_000_001L));

    assertEquals(2, instance.model(0).largestBatch());
  }

  @Test
  void read_memoryTableEntryWrong_isAFaultWithItsIndex() {
    assertEquals(List.of(BYTES), paths(withMemory()));
    assertEquals(List.of(BYTES + "[1]"), paths(withMemory(5L, -1L, 5L)));
    assertEquals(
        List.of(
            new Fault(BYTES + "[1]", "4 bytes is less than the 5 before it"),
            new Fault(BYTES + "[2]", "3 bytes is less than the 5 before it")),
        faults(withMemory(5L, 4L, 3L, 6L)));
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
  void read_transferPointWrong_isAFaultWithItsIndex() {
    assertEquals(List.of(POINTS), paths(withPoints()));
    assertEquals(
        List.of(POINTS + "[0].bytes", POINTS + "[1].duration"),
        paths(withPoints(point(0, 5), point(7, 5).setDuration(NEGATIVE), point(8, 5))));
    assertEquals(
        List.of(
            new Fault(POINTS + "[1].bytes", "7 is not more than the 7 before it"),
            new Fault(POINTS + "[1].duration", "4 ns is less than the 5 before it")),
        faults(withPoints(point(7, 5), point(7, 4), point(8, 5))));
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
        .addBytes(2);
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
