// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.partialloading.planner.fixture.TestRequests;
import io.partialloading.planner.v1.Algorithm;
import io.partialloading.planner.v1.PlanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good requests with a few fields or bytes changed at random. */
class PlanRequestMutationTest {
  private static final int REQUESTS = 2_000;

  private static final long[] LONGS = {
    0,
    1,
    2,
    3,
    1_000,
    1L << 31,
    1L << 32,
    1L << 59,
    1L << 60,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    315_576_000_000L,
    9_223_372_036L
  };

  private static final int[] INTS = {
    0,
    1,
    2,
    7,
    8,
    9,
    15,
    500_000_000,
    999_999_999,
    1_000_000_000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1
  };

  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    1e-300,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    1e-9,
    1e9,
    1e18,
    3000,
    -3000
  };

  private static final String[] STRINGS = {
    "", "u0", "u1", "alpha", "beta", "unwanted", "\0\n\uFFFF"
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void plan_fieldsChangedAtRandom_isAPlanOrACleanStatus(long seed) {
    Random random = new Random(seed);
    int planned = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Message.Builder request = request(random);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutate(request, random);
      }
      String origin = "seed " + seed + ", request " + i;
      planned += CleanOutcome.planOrStatus((PlanRequest) request.build(), origin) ? 1 : 0;
    }
    int plans = planned;
    assertTrue(plans > REQUESTS / 20 && plans < REQUESTS, () -> plans + " planned, seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void plan_bytesChangedAtRandom_isAPlanOrACleanStatus(long seed) {
    Random random = new Random(seed);
    int parsed = 0;
    for (int i = 0; i < REQUESTS; i++) {
      byte[] bytes = request(random).build().toByteArray();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      PlanRequest request;
      try {
        request = PlanRequest.parseFrom(bytes);
      } catch (InvalidProtocolBufferException notARequest) {
        continue;
      }
      parsed++;
      CleanOutcome.planOrStatus(request, "seed " + seed + ", request " + i);
    }
    int requests = parsed;
    assertTrue(requests > REQUESTS / 10, () -> requests + " parsed, seed " + seed);
  }

  private static PlanRequest.Builder request(Random random) {
    PlanRequest.Builder request =
        random.nextBoolean() ? TestRequests.good() : TestRequests.measured();
    request
        .getOptionsBuilder()
        .setAlgorithmValue(random.nextInt(Algorithm.values().length - 1))
        .setEqualSubchannels(Math.max(0, random.nextInt(6) - 3))
        .setIgnoreParameterSharing(random.nextInt(8) == 0);
    return request;
  }

  /** Changes one field somewhere in the tree of messages: deeper is as likely as here. */
  private static void mutate(Message.Builder message, Random random) {
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    List<Message.Builder> children = new ArrayList<>();
    for (FieldDescriptor field : fields) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          children.add(message.getRepeatedFieldBuilder(field, i));
        }
      } else if (message.hasField(field)) {
        children.add(message.getFieldBuilder(field));
      }
    }
    if (!children.isEmpty() && random.nextInt(6) > 0) {
      mutate(children.get(random.nextInt(children.size())), random);
      return;
    }
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    if (field.isRepeated()) {
      mutateElements(message, field, random);
    } else if (random.nextInt(5) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, value(message, field, random));
    }
  }

  private static void mutateElements(
      Message.Builder message, FieldDescriptor field, Random random) {
    int count = message.getRepeatedFieldCount(field);
    if (count == 0 || random.nextInt(3) == 0) {
      message.addRepeatedField(field, value(message, field, random));
      return;
    }
    int element = random.nextInt(count);
    switch (random.nextInt(3)) {
      case 0 -> message.addRepeatedField(field, message.getRepeatedField(field, element));
      case 1 -> message.setRepeatedField(field, element, value(message, field, random));
      default -> {
        List<Object> elements = new ArrayList<>((List<?>) message.getField(field));
        elements.remove(element);
        message.setField(field, elements);
      }
    }
  }

  private static Object value(Message.Builder message, FieldDescriptor field, Random random) {
    return switch (field.getJavaType()) {
      case LONG -> LONGS[random.nextInt(LONGS.length)];
      case INT -> INTS[random.nextInt(INTS.length)];
      case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> STRINGS[random.nextInt(STRINGS.length)];
      case ENUM -> anyEnumValue(field.getEnumType(), random);
      case MESSAGE -> message.newBuilderForField(field).build();
      default -> throw new IllegalStateException(field.getFullName());
    };
  }

  private static Object anyEnumValue(EnumDescriptor type, Random random) {
    return type.findValueByNumberCreatingIfUnknown(random.nextInt(type.getValues().size() + 1));
  }
}
