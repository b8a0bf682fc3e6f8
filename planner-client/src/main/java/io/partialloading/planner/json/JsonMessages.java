// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.partialloading.planner.json.JsonText.Kind;
import io.partialloading.planner.json.JsonText.Position;
import io.partialloading.planner.json.JsonText.SyntaxException;
import io.partialloading.planner.json.JsonText.Token;
import io.partialloading.planner.show.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a JSON text, written one after another, on one line each or not, read one by one.
 * Beyond proto3 JSON it takes
 *
 * <ul>
 *   <li>durations with any unit of {@link TimeText},
 *   <li>short names of enum values, as {@link EnumNames} has them,
 *   <li>a fraction for a whole number of which the contract has a mean: {@code "uplinkMcs": 18.6}
 *       is {@code "meanUplinkMcs": 18.6}.
 * </ul>
 *
 * What is wrong with a message is told all at once, unless it is no JSON, after which reading goes
 * on at the next line that begins with a brace. Of more than 100 faults the first 100 are told. Not
 * thread-safe.
 */
public final class JsonMessages {
  private static final int MOST_FAULTS = 100;

  private final JsonText text;
  private final List<Message> forms;
  private final Map<Descriptor, Map<String, FieldDescriptor>> fields = new HashMap<>();

  /** The path of the field that is read. */
  private final StringBuilder path = new StringBuilder();

  private final List<String> faults = new ArrayList<>();
  private int untoldFaults;

  /**
   * Reads no more of a text than the messages that are asked for, and does not close it.
   *
   * @param utf8 the text
   * @param forms any messages of the types that it may have; the first field of an object that one
   *     of them has tells which it is, and an object without fields is of the first type
   */
  public JsonMessages(InputStream utf8, List<? extends Message> forms) {
    this.text = new JsonText(utf8);
    this.forms = List.copyOf(forms);
  }

  /** Whether anything follows, which is then the next message. */
  public boolean hasNext() throws IOException {
    return text.hasValue();
  }

  /** The line that the next message begins on, from 1. */
  public int line() throws IOException {
    return text.position().line();
  }

  /**
   * Reads the next message.
   *
   * @return one of the given types
   * @throws InvalidJsonException if there is none; the one after it can be read
   * @throws IOException if the text ends with an error
   */
  public Message next() throws InvalidJsonException, IOException {
    faults.clear();
    untoldFaults = 0;
    path.setLength(0);
    text.beginValue();
    Message.Builder message = forms.get(0).newBuilderForType();
    try {
      Token begin = text.value();
      if (begin.kind() != Kind.OBJECT) {
        throw new SyntaxException(
            begin.at(),
            "%s is not a %s: an object in braces, or several one after another"
                .formatted(begin.shown(), names(forms)));
      }
      message = object(forms.stream().map(Message::newBuilderForType).toList());
    } catch (SyntaxException e) {
      fault(e.at(), String.valueOf(e.getMessage()));
      text.skipToLineWithObject();
    }
    if (untoldFaults > 0) {
      faults.add("and " + untoldFaults + " more");
    }
    if (!faults.isEmpty()) {
      throw new InvalidJsonException(faults);
    }
    return message.build();
  }

  private static String names(List<Message> forms) {
    return forms.stream()
        .map(form -> form.getDescriptorForType().getName())
        .collect(Collectors.joining(" or "));
  }

  /** Reads the fields of an object that is one of several messages, and returns that one. */
  private Message.Builder object(List<Message.Builder> candidates)
      throws IOException, SyntaxException {
    List<Message.Builder> left = candidates;
    Map<Object, Token> given = new HashMap<>();
    for (boolean more = text.hasFirst('}'); more; more = text.hasAnother('}')) {
      int length = path.length();
      Token name = text.name();
      path.append(length == 0 ? "" : ".").append(Token.clipped(name.text()));
      if (left.size() > 1) {
        left = having(name.text(), left);
      }
      member(left, name, given);
      path.setLength(length);
    }
    return left.get(0);
  }

  private List<Message.Builder> having(String name, List<Message.Builder> messages) {
    return messages.stream()
        .filter(message -> fieldsOf(message).containsKey(name))
        .findFirst()
        .map(List::of)
        .orElse(messages);
  }

  /**
   * Reads the value of a field.
   *
   * @param given the names read before, by the field or choice of fields that they are of
   */
  private void member(List<Message.Builder> candidates, Token name, Map<Object, Token> given)
      throws IOException, SyntaxException {
    Message.Builder message = candidates.get(0);
    FieldDescriptor stated = fieldsOf(message).get(name.text());
    Token value = text.value();
    if (stated == null) {
      fault(name.at(), "no such field" + suggestion(name.text(), candidates));
      text.skip(value);
      return;
    }
    if (value.is("null")) {
      return; // As if the field were left out.
    }
    FieldDescriptor field = meant(stated, value);
    OneofDescriptor choice = field.getRealContainingOneof();
    Token before = given.putIfAbsent(choice == null ? field : choice, name);
    if (before != null) {
      boolean same = stated.equals(fieldsOf(message).get(before.text()));
      fault(
          name.at(),
          same
              ? "is given already in " + before.at()
              : "cannot be given with " + before.text() + ", in " + before.at());
      text.skip(value);
    } else if (field.isRepeated()) {
      list(message, field, value);
    } else {
      Object read = value(message, field, value);
      if (read != null) {
        message.setField(field, read);
      }
    }
  }

  /** The field of a mean for a fraction, where the contract has one; otherwise the field itself. */
  private static FieldDescriptor meant(FieldDescriptor stated, Token value) {
    if (stated.getType() != FieldDescriptor.Type.UINT32 || !JsonScalars.isFraction(value)) {
      return stated;
    }
    FieldDescriptor mean = stated.getContainingType().findFieldByName("mean_" + stated.getName());
    return mean == null ? stated : mean;
  }

  private void list(Message.Builder message, FieldDescriptor field, Token begin)
      throws IOException, SyntaxException {
    if (begin.kind() != Kind.LIST) {
      fault(begin.at(), begin.shown() + " is not a list in brackets");
      text.skip(begin);
      return;
    }
    int length = path.length();
    int index = 0;
    for (boolean more = text.hasFirst(']'); more; more = text.hasAnother(']')) {
      path.append('[').append(index++).append(']');
      Object read = value(message, field, text.value());
      if (read != null) {
        message.addRepeatedField(field, read);
      }
      path.setLength(length);
    }
  }

  /** Reads one value of a field; null if it is wrong. */
  private @Nullable Object value(Message.Builder parent, FieldDescriptor field, Token begin)
      throws IOException, SyntaxException {
    boolean isObject =
        field.getType() == FieldDescriptor.Type.MESSAGE
            && !JsonScalars.isText(field.getMessageType());
    if (isObject && begin.kind() == Kind.OBJECT) {
      return object(List.of(parent.newBuilderForField(field))).build();
    }
    try {
      if (isObject) {
        throw JsonScalars.wrong(begin, "an object in braces");
      }
      return JsonScalars.value(field, begin);
    } catch (WrongValueException e) {
      fault(begin.at(), String.valueOf(e.getMessage()));
      text.skip(begin);
      return null;
    }
  }

  /** The fields of a message by their names in JSON and in the contract. */
  private Map<String, FieldDescriptor> fieldsOf(Message.Builder message) {
    return fields.computeIfAbsent(
        message.getDescriptorForType(),
        type -> {
          Map<String, FieldDescriptor> named = new HashMap<>();
          for (FieldDescriptor field : type.getFields()) {
            named.put(field.getName(), field);
            named.put(field.getJsonName(), field);
          }
          return named;
        });
  }

  private static String suggestion(String name, List<Message.Builder> messages) {
    boolean ofContract = name.indexOf('_') >= 0;
    return Suggestion.of(
        name,
        messages.stream()
            .flatMap(message -> message.getDescriptorForType().getFields().stream())
            .map(field -> ofContract ? field.getName() : field.getJsonName())
            .toList());
  }

  private void fault(Position at, String what) {
    if (faults.size() == MOST_FAULTS) {
      untoldFaults++;
    } else {
      String where = path.isEmpty() ? "" : Text.printable(path.toString()) + ": ";
      faults.add(at + ": " + where + what);
    }
  }
}
