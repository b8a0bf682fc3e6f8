// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.Random;

/** Messages with any fields of any values. */
final class RandomMessages {
  private static final String[] TEXTS = {
    "",
    "a",
    "user 7",
    "\"quoted\" \\ / \b\f\n\r\t",
    "\u0001\u007f\u2028",
    "µs Ω 汉字",
    "🛰 🚀",
    "null",
    "17"
  };

  private static final double[] REALS = {
    0,
    -0.0,
    1,
    0.1,
    1e-320,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private static final long LARGEST_SECONDS = 315_576_000_000L;
  private static final long YEAR_1 = -62_135_596_800L;
  private static final long YEAR_10000 = 253_402_300_800L;

  private final Random random;

  private final boolean withTimes;

  RandomMessages(long seed, boolean withTimes) {
    this.random = new Random(seed);
    this.withTimes = withTimes;
  }

  Message of(Message type) {
    return of(type.newBuilderForType());
  }

  private Message of(Message.Builder message) {
    if (message instanceof Duration.Builder duration) {
      long seconds = random.nextLong(-LARGEST_SECONDS, LARGEST_SECONDS);
      return duration
          .setSeconds(random.nextBoolean() ? seconds : 0)
          .setNanos(nanos() * (duration.getSeconds() < 0 ? -1 : 1))
          .build();
    }
    if (message instanceof Timestamp.Builder timestamp) {
      return timestamp.setSeconds(random.nextLong(YEAR_1, YEAR_10000)).setNanos(nanos()).build();
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      OneofDescriptor choice = field.getRealContainingOneof();
      boolean isTime =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && JsonScalars.isText(field.getMessageType());
      if (random.nextInt(3) == 0
          || (choice != null && message.hasOneof(choice))
          || (isTime && !withTimes)) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = random.nextInt(4); i > 0; i--) {
          message.addRepeatedField(field, value(message, field));
        }
      } else {
        message.setField(field, value(message, field));
      }
    }
    return message.build();
  }

  private int nanos() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1_000_000 * random.nextInt(1000);
      case 2 -> 1_000 * random.nextInt(1_000_000);
      default -> random.nextInt(1_000_000_000);
    };
  }

  private Object value(Message.Builder message, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt(30) : random.nextInt();
      case LONG -> random.nextBoolean() ? random.nextInt(30) : random.nextLong();
      case DOUBLE ->
          switch (random.nextInt(3)) {
            case 0 -> REALS[random.nextInt(REALS.length)];
            case 1 -> random.nextGaussian();
            default -> finite();
          };
      case BOOLEAN -> random.nextBoolean();
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case ENUM -> constant(field.getEnumType());
      case MESSAGE -> of(message.newBuilderForField(field));
      default -> throw new AssertionError(field.getFullName());
    };
  }

  private double finite() {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 0;
  }

  private Object constant(EnumDescriptor type) {
    int count = type.getValues().size();
    return random.nextInt(10) == 0
        ? type.findValueByNumberCreatingIfUnknown(random.nextInt(1 << 30))
        : type.getValues().get(random.nextInt(count));
  }
}
