// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.BlockLibrary;
import io.partialloading.planner.v1.PlanRequest;
import io.partialloading.planner.v1.PlanResponse;
import io.partialloading.planner.v1.Schedule;
import java.util.List;

/**
 * What a file is to hold.
 *
 * @param forms the messages that it may be in, beginning with the one that an empty one is taken
 *     for
 * @param ofBinary takes it from a binary message
 * @param ofMessage takes it from a message of one of the forms
 */
record Contents<T extends Message>(
    List<? extends Message> forms, Taking<byte[], T> ofBinary, Taking<Message, T> ofMessage) {

  /** Takes something from where it is. */
  interface Taking<S, T> {
    T from(S source) throws UnreadableException;
  }

  /** PlanRequests. */
  static final Contents<PlanRequest> REQUESTS =
      new Contents<>(
          List.of(PlanRequest.getDefaultInstance()),
          bytes -> parse(bytes, PlanRequest.parser(), "PlanRequest"),
          message -> (PlanRequest) message);

  /** BlockLibraries, or those of PlanRequests. */
  static final Contents<BlockLibrary> LIBRARIES =
      new Contents<>(
          List.of(PlanRequest.getDefaultInstance(), BlockLibrary.getDefaultInstance()),
          Contents::parseLibrary,
          Contents::library);

  /** Schedules, or those of PlanResponses. */
  static final Contents<Schedule> SCHEDULES =
      new Contents<>(
          List.of(Schedule.getDefaultInstance(), PlanResponse.getDefaultInstance()),
          Contents::parseSchedule,
          Contents::schedule);

  /**
   * A PlanRequest has fields that a BlockLibrary has not. Those they have in common mean different
   * things, and a library's blocks mostly make no label.
   */
  private static BlockLibrary parseLibrary(byte[] bytes) throws UnreadableException {
    try {
      PlanRequest request = PlanRequest.parseFrom(bytes);
      if (request.hasUserSnapshot() || request.hasChannelState() || request.hasEdgeServer()) {
        return library(request);
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it is a library, if anything.
    }
    return parse(bytes, BlockLibrary.parser(), "PlanRequest or BlockLibrary");
  }

  private static BlockLibrary library(Message message) throws UnreadableException {
    if (message instanceof PlanRequest request) {
      if (!request.hasBlockLibrary()) {
        throw new UnreadableException("a PlanRequest without block_library");
      }
      return request.getBlockLibrary();
    }
    return (BlockLibrary) message;
  }

  /** Every PlanResponse states its algorithm, in a field that a Schedule has not. */
  private static Schedule parseSchedule(byte[] bytes) throws UnreadableException {
    try {
      PlanResponse response = PlanResponse.parseFrom(bytes);
      if (response.getAlgorithm() != Algorithm.ALGORITHM_UNSPECIFIED) {
        return schedule(response);
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it is a schedule, if anything.
    }
    return parse(bytes, Schedule.parser(), "Schedule or PlanResponse");
  }

  private static Schedule schedule(Message message) throws UnreadableException {
    if (message instanceof PlanResponse response) {
      if (!response.hasSchedule()) {
        throw new UnreadableException("a PlanResponse without schedule");
      }
      return response.getSchedule();
    }
    return (Schedule) message;
  }

  private static <T> T parse(byte[] bytes, Parser<T> parser, String what)
      throws UnreadableException {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      // Its message would be about the parser's classes.
      throw new UnreadableException("not a binary " + what + ", or not all of it");
    }
  }
}
