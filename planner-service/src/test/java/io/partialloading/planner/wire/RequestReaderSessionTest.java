// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partialloading.planner.fixture.Stop;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.instance.StopSignal;
import io.partialloading.planner.v1.PlanRequest;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RequestReaderSessionTest {
  private static final String REFUSED = "the one sent last was refused: send a good one";
  private static final String UNKNOWN_BLOCK = "edge_server.resident_block_ids[1]";

  private final RequestReader.Session session = new RequestReader(Limits.DEFAULT).newSession();

  /** Users and channels only. */
  private static PlanRequest.Builder snapshot() {
    return TestRequests.good().clearBlockLibrary().clearEdgeServer();
  }

  private ReadRequest read(PlanRequest.Builder request) {
    return session.read(request.build(), StopSignal.NEVER);
  }

  private List<Fault> faults(PlanRequest.Builder request) {
    return assertThrows(InvalidRequestException.class, () -> read(request)).faults();
  }

  private List<String> faultPaths(PlanRequest.Builder request) {
    return faults(request).stream().map(Fault::field).toList();
  }

  @Test
  void read_nothingRead_missesLibraryAndServer() {
    assertEquals(List.of("block_library", "edge_server"), faultPaths(snapshot()));
  }

  @Test
  void read_libraryAndServerLeftOut_readsAsWithThem() {
    ReadRequest whole = read(TestRequests.good());

    ReadRequest reused = read(snapshot());

    assertArrayEquals(whole.modelIds(), reused.modelIds());
    assertArrayEquals(whole.blockIds(), reused.blockIds());
    assertEquals(40_000_000, reused.instance().blockBytes(0));
    assertTrue(reused.instance().isResident(1));
    assertEquals(
        whole.instance().loadTimes().time(1_234_567),
        reused.instance().loadTimes().time(1_234_567));
    assertEquals(4, reused.instance().model(0).largestBatch());
  }

  @Test
  void read_otherUsers_pickTheirOwnModels() {
    read(TestRequests.good());
    PlanRequest.Builder request = snapshot();
    for (int user = 0; user < 3; user++) {
      request.getUserSnapshotBuilder().getUsersBuilder(user).setModelId("unwanted");
    }

    ReadRequest read = read(request);

    assertArrayEquals(new String[] {"unwanted"}, read.modelIds());
    assertArrayEquals(new int[] {9, 0}, read.blockIds());
    assertArrayEquals(new int[] {1, 0}, read.instance().model(0).blocks());
    assertTrue(read.instance().isResident(0));
    assertFalse(read.instance().isResident(1));
  }

  @Test
  void read_anotherPartWrong_stillRemembersLibraryAndServer() {
    PlanRequest.Builder wrong = TestRequests.good().clearLatencyBudget();
    wrong.getUserSnapshotBuilder().getUsersBuilder(0).setModelId("?");
    assertEquals(List.of("user_snapshot.users[0].model_id", "latency_budget"), faultPaths(wrong));

    assertArrayEquals(new String[] {"alpha", "beta"}, read(snapshot()).modelIds());
  }

  @Test
  void read_newLibrary_replacesTheOldOneAndResolvesTheServerAgain() {
    read(TestRequests.good());
    PlanRequest.Builder newLibrary = TestRequests.good().clearEdgeServer();
    newLibrary.getBlockLibraryBuilder().getBlocksBuilder(1).setSizeBytes(50_000_000);
    // Blocks change places: a server that was not resolved again would take 9 or 0 for resident.
    newLibrary.getBlockLibraryBuilder().addBlocks(0, TestRequests.block(77, 1));

    ReadRequest read = read(newLibrary);

    assertEquals(50_000_000, read.instance().blockBytes(0));
    assertFalse(read.instance().isResident(0));
    assertTrue(read.instance().isResident(1));
    assertFalse(read.instance().isResident(2));
    assertEquals(50_000_000, read(snapshot()).instance().blockBytes(0));
    assertTrue(read(snapshot()).instance().isResident(1));
  }

  @Test
  void read_wrongLibrary_isRefusedUntilAGoodOneComes() {
    read(TestRequests.good());
    PlanRequest.Builder wrong = TestRequests.good().clearEdgeServer();
    wrong.getBlockLibraryBuilder().getBlocksBuilder(1).setSizeBytes(0);
    assertEquals(List.of("block_library.blocks[1].size_bytes"), faultPaths(wrong));

    assertEquals(List.of(new Fault("block_library", REFUSED)), faults(snapshot()));
    assertEquals(List.of(new Fault("block_library", REFUSED)), faults(snapshot()));
    assertTrue(read(TestRequests.good().clearEdgeServer()).instance().isResident(1));
    assertTrue(read(snapshot()).instance().isResident(1));
  }

  @Test
  void read_wrongServer_isRefusedUntilAGoodOneComes() {
    read(TestRequests.good());
    PlanRequest.Builder wrong = snapshot();
    wrong.getEdgeServerBuilder().setGpuMemoryBytes(50_000_000).addResidentBlockIds(0);
    wrong.getEdgeServerBuilder().addResidentBlockIds(1);
    assertEquals(List.of(UNKNOWN_BLOCK), faultPaths(wrong));

    assertEquals(List.of(new Fault("edge_server", REFUSED)), faults(snapshot()));
    assertTrue(read(TestRequests.good().clearBlockLibrary()).instance().isResident(1));
    assertTrue(read(snapshot()).instance().isResident(1));
  }

  @Test
  void read_afterTheWholeRequestWasTooLarge_isRefused() {
    RequestReader.Session small = new RequestReader(new Limits(3, 3, 4, 6, 1, 1)).newSession();
    small.read(TestRequests.good().build(), StopSignal.NEVER);
    PlanRequest.Builder large = TestRequests.good();
    large.getUserSnapshotBuilder().addUsers(TestRequests.user("u3", "beta"));
    assertThrows(RequestTooLargeException.class, () -> small.read(large.build(), StopSignal.NEVER));

    assertEquals(
        List.of(new Fault("block_library", REFUSED), new Fault("edge_server", REFUSED)),
        assertThrows(
                InvalidRequestException.class,
                () -> small.read(snapshot().build(), StopSignal.NEVER))
            .faults());
  }

  @Test
  void read_afterABareRequestWasTooLarge_usesWhatWasSent() {
    RequestReader.Session small = new RequestReader(new Limits(3, 3, 4, 6, 1, 1)).newSession();
    small.read(TestRequests.good().build(), StopSignal.NEVER);
    PlanRequest.Builder large = snapshot();
    large.getUserSnapshotBuilder().addUsers(TestRequests.user("u3", "beta"));
    assertThrows(RequestTooLargeException.class, () -> small.read(large.build(), StopSignal.NEVER));

    assertTrue(small.read(snapshot().build(), StopSignal.NEVER).instance().isResident(1));
  }

  @Test
  void read_cancelledWithinALibrary_refusesNothing() {
    read(TestRequests.good());
    PlanRequest.Builder large = TestRequests.good();
    for (int block = 100; block < 1_000; block++) {
      large.getBlockLibraryBuilder().addBlocks(TestRequests.block(block, 1));
    }
    assertThrows(CancellationException.class, () -> session.read(large.build(), Stop.cancelled()));

    assertTrue(read(snapshot()).instance().isResident(1));
  }

  @Test
  void refuse_unread_isRefusedUntilAGoodOneComes() {
    read(TestRequests.good());
    session.refuse(false, true);
    assertEquals(List.of(new Fault("edge_server", REFUSED)), faults(snapshot()));

    session.refuse(true, false);
    assertEquals(List.of("block_library", "edge_server"), faultPaths(snapshot()));
    assertTrue(read(TestRequests.good()).instance().isResident(1));
    session.refuse(false, false);
    assertTrue(read(snapshot()).instance().isResident(1));
  }

  @Test
  void read_serverTooSmallForANewLibrary_isAFaultOfTheServerSentBefore() {
    PlanRequest.Builder small = TestRequests.good();
    small.getEdgeServerBuilder().setGpuMemoryBytes(15_000_000);
    read(small);
    PlanRequest.Builder newLibrary = TestRequests.good().clearEdgeServer();
    newLibrary.getBlockLibraryBuilder().getBlocksBuilder(0).setSizeBytes(6_000_000);

    assertEquals(
        List.of(
            new Fault(
                "edge_server.resident_block_ids",
                "16000000 bytes together, more than the 15000000 of gpu_memory_bytes (in the server"
                    + " that was sent before)")),
        faults(newLibrary));
    // The library was taken, and the server was good once: another library may fit it.
    assertEquals(List.of("edge_server.resident_block_ids"), faultPaths(snapshot()));
    assertTrue(read(TestRequests.good().clearEdgeServer()).instance().isResident(1));
  }

  @Test
  void read_newServer_replacesTheOldOne() {
    read(TestRequests.good());
    PlanRequest.Builder newServer = snapshot();
    newServer.getEdgeServerBuilder().setGpuMemoryBytes(5_000_000_000L);

    assertEquals(2, read(newServer).instance().model(0).largestBatch());
    assertEquals(2, read(snapshot()).instance().model(0).largestBatch());
    assertFalse(read(snapshot()).instance().hasResidentBlocks());
  }

  @Test
  void read_oldServerHasBlocksTheNewLibraryLacks_isAFaultUntilThereIsANewServer() {
    read(TestRequests.good());
    PlanRequest.Builder newLibrary = TestRequests.good().clearEdgeServer();
    newLibrary.getBlockLibraryBuilder().getBlocksBuilder(2).setId(1);
    newLibrary.getBlockLibraryBuilder().getModelsBuilder(1).setBlockIds(1, 1);

    assertEquals(List.of(UNKNOWN_BLOCK), faultPaths(newLibrary));
    assertEquals(List.of(UNKNOWN_BLOCK), faultPaths(snapshot()));
    PlanRequest.Builder newServer = snapshot();
    newServer.getEdgeServerBuilder().setGpuMemoryBytes(8_000_000_000L).addResidentBlockIds(1);

    assertTrue(read(newServer).instance().isResident(1));
    assertArrayEquals(new int[] {0, 1, 8}, read(snapshot()).blockIds());
  }

  @Test
  void read_serverBeforeItsLibrary_isResolvedOnceThereIsOne() {
    assertEquals(List.of("block_library"), faultPaths(TestRequests.good().clearBlockLibrary()));

    assertTrue(read(TestRequests.good().clearEdgeServer()).instance().isResident(1));
  }

  @Test
  void read_serverWithAWrongLibrary_isResolvedAgainstTheNextGoodOne() {
    PlanRequest.Builder wrong = TestRequests.good();
    wrong.getBlockLibraryBuilder().getModelsBuilder(0).clearCompute();
    assertEquals(List.of("block_library.models[0].compute"), faultPaths(wrong));

    assertTrue(read(TestRequests.good().clearEdgeServer()).instance().isResident(1));
  }

  @Test
  void read_tooLarge_remembersNothing() {
    RequestReader.Session small = new RequestReader(new Limits(3, 2, 4, 6, 1, 1)).newSession();
    assertThrows(
        RequestTooLargeException.class,
        () -> small.read(TestRequests.good().build(), StopSignal.NEVER));

    assertThrows(
        InvalidRequestException.class, () -> small.read(snapshot().build(), StopSignal.NEVER));
  }
}
