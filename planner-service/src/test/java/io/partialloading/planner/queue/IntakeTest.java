// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Intake intake = new Intake(new LoadLimits(1, 10, Duration.ofSeconds(1), 5, 1_000));
  private final Client ann = new Client();
  private final Client bob = new Client();

  @Test
  void calls_ofOneClient_areHalfAtMostAndOthersStillGetIn() {
    for (int i = 0; i < 3; i++) {
      assertNull(intake.open(ann).enter());
    }

    assertEquals(RefusalReason.CLIENT_SHARE, intake.open(ann).enter());
    assertNull(intake.open(bob).enter());
    assertEquals(RefusalReason.CLIENT_SHARE, intake.open(bob).enter());
    assertNull(intake.open(new Client()).enter());
    assertEquals(RefusalReason.CALLS, intake.open(new Client()).enter());
    assertEquals(5, intake.callsInProgress());
  }

  @Test
  void call_thatIsOver_makesRoom() {
    Holding first = intake.open(ann);
    assertNull(first.enter());
    assertNull(intake.open(ann).enter());
    assertNull(intake.open(ann).enter());

    first.close();
    first.close();

    assertEquals(2, intake.callsInProgress());
    assertNull(intake.open(ann).enter());
  }

  @Test
  void bytes_ofASingleMessage_mayTakeAllThatIsFree() {
    Holding message = intake.open(ann);

    assertNull(message.add(400));
    assertNull(message.add(600));
    assertEquals(RefusalReason.MEMORY, message.add(1));
    assertEquals(1_000, message.bytes());
  }

  @Test
  void bytes_ofAClientWithOthers_areNoMoreThanItLeavesFree() {
    Holding first = intake.open(ann);
    Holding second = intake.open(ann);
    assertNull(first.add(400));

    assertEquals(RefusalReason.CLIENT_SHARE, second.add(201));
    assertNull(second.add(200));
    assertNull(intake.open(bob).add(400));
    assertEquals(RefusalReason.MEMORY, intake.open(new Client()).add(1));
  }

  @Test
  void bytes_thatAreGivenBack_areFreeForOthers() {
    Holding first = intake.open(ann);
    assertNull(first.add(900));

    first.set(100);
    assertEquals(100, intake.bytesHeld());
    first.close();
    assertNull(first.add(500));

    assertEquals(0, intake.bytesHeld());
    assertNull(intake.open(bob).add(1_000));
  }

  @Test
  void bytes_thatAreThereAnyway_countBeyondTheLimit() {
    Holding answer = intake.open(ann);

    answer.set(1_500);

    assertEquals(1_500, intake.bytesHeld());
    assertEquals(RefusalReason.MEMORY, intake.open(bob).add(1));
  }
}
