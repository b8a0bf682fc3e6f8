// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.partialloading.planner.show.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The tokens of a UTF-8 text of JSON values, as RFC 8259 has them, and where each is. It is read no
 * further than asked for, so that a program at the other end of a pipe may wait for an answer
 * before it goes on.
 */
final class JsonText {
  private static final int END = -1;
  private static final int MALFORMED = -2;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int LONGEST_WORD = 1_000;
  private static final int LONGEST_VALUE = 1 << 28;
  private static final int DEEPEST = 100;
  private static final int LONGEST_SHOWN = 60;

  /** A place in the text, both counted from 1, columns in characters. */
  record Position(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /** What begins at a place. */
  enum Kind {
    OBJECT,
    LIST,
    TEXT,
    /** A number, true, false or null, or what is written in the place of one. */
    WORD
  }

  /**
   * The first token of a value.
   *
   * @param text what a text says, or a word as it is written; otherwise empty
   */
  record Token(Kind kind, String text, Position at) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equals(word);
    }

    /** The value as complaints repeat it. */
    String shown() {
      return switch (kind) {
        case OBJECT -> "an object";
        case LIST -> "a list";
        case TEXT -> '"' + shown(text) + '"';
        case WORD -> shown(text);
      };
    }

    private static String shown(String text) {
      return Text.printable(clipped(text));
    }

    static String clipped(String text) {
      return Text.clipped(text, LONGEST_SHOWN);
    }
  }

  /** Text that is not JSON, after which nothing of the value can be read. */
  static final class SyntaxException extends Exception {
    private final transient Position at;

    SyntaxException(Position at, String message) {
      super(message);
      this.at = at;
    }

    Position at() {
      return at;
    }
  }

  private final InputStream in;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final char[] chars = new char[1 << 16];
  private int next;
  private int limit;

  /** Whether bytes that are no character follow those in the buffer. */
  private boolean malformed;

  private boolean ended;
  private int line = 1;
  private int column = 1;
  private long read;
  private long valueLimit;
  private final StringBuilder content = new StringBuilder();

  JsonText(InputStream in) {
    this.in = in;
  }

  /** Whether another value begins, or what is in the place of one. */
  boolean hasValue() throws IOException {
    return afterBlanks() != END;
  }

  /** Where the next token begins. */
  Position position() throws IOException {
    afterBlanks();
    return new Position(line, column);
  }

  /** Begins a value that is not within another. */
  void beginValue() {
    valueLimit = read + LONGEST_VALUE;
  }

  /** Reads a value: all of a text or word, the opening of an object or list. */
  Token value() throws IOException, SyntaxException {
    Position at = position();
    if (read > valueLimit) {
      throw new SyntaxException(at, "more than " + LONGEST_VALUE + " characters before the end");
    }
    int c = current();
    if (c == '{' || c == '[') {
      advance();
      return new Token(c == '{' ? Kind.OBJECT : Kind.LIST, "", at);
    }
    if (c == '"') {
      return text(at);
    }
    if (!isOfWord(c)) {
      throw unexpected("a value");
    }
    content.setLength(0);
    while (isOfWord(current())) {
      take(at, LONGEST_WORD);
    }
    return new Token(Kind.WORD, content.toString(), at);
  }

  /** Reads a field's name and the colon. */
  Token name() throws IOException, SyntaxException {
    Position at = position();
    if (current() != '"') {
      throw unexpected("a field's name in double quotes");
    }
    Token name = text(at);
    if (afterBlanks() != ':') {
      throw unexpected("':' after a field's name");
    }
    advance();
    return name;
  }

  /** Whether an object or list has a first element; if it has none, reads its end. */
  boolean hasFirst(char close) throws IOException {
    if (afterBlanks() == close) {
      advance();
      return false;
    }
    return true;
  }

  /** Whether an object or list has another element; reads the comma, or the end. */
  boolean hasAnother(char close) throws IOException, SyntaxException {
    int c = afterBlanks();
    if (c != ',' && c != close) {
      throw unexpected("',' or '" + close + "'");
    }
    Position at = position();
    advance();
    if (c == ',' && afterBlanks() == close) {
      throw new SyntaxException(at, "there is a comma before '" + close + "'");
    }
    return c == ',';
  }

  /** Reads what is left of a value. */
  void skip(Token begun) throws IOException, SyntaxException {
    skip(begun, 0);
  }

  private void skip(Token begun, int depth) throws IOException, SyntaxException {
    if (depth > DEEPEST) {
      throw new SyntaxException(begun.at(), "values are nested more than 100 deep");
    }
    if (begun.kind() == Kind.OBJECT || begun.kind() == Kind.LIST) {
      char close = begun.kind() == Kind.OBJECT ? '}' : ']';
      for (boolean more = hasFirst(close); more; more = hasAnother(close)) {
        if (begun.kind() == Kind.OBJECT) {
          name();
        }
        skip(value(), depth + 1);
      }
    }
  }

  /** Goes to the next line that begins with a brace, where a value after a broken one may begin. */
  void skipToLineWithObject() throws IOException {
    for (int c = current(); c != END && !(c == '{' && column == 1); c = current()) {
      advance();
    }
  }

  private Token text(Position at) throws IOException, SyntaxException {
    content.setLength(0);
    advance();
    boolean hasSurrogate = false;
    while (current() != '"') {
      int c = current();
      if (c == '\\') {
        hasSurrogate |= Character.isSurrogate(escape());
      } else if (c < ' ') {
        throw notInText(c, at);
      } else {
        take(at, LONGEST_TEXT);
        takeAscii();
      }
    }
    advance();
    String text = content.toString();
    if (hasSurrogate && text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
      throw new SyntaxException(at, "half of a pair of \\u escapes is missing in a text");
    }
    return new Token(Kind.TEXT, text, at);
  }

  /** Reads a backslash and what it stands for. */
  private char escape() throws IOException, SyntaxException {
    Position at = new Position(line, column);
    advance();
    int c = current();
    int meant = "\"\\/bfnrt".indexOf(c);
    if (c == 'u') {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        advance();
        int digit = current() < 0 ? -1 : Character.digit(current(), 16);
        if (digit < 0 || current() > 'f') {
          throw new SyntaxException(at, "'\\u' is followed by four hexadecimal digits");
        }
        code = code << 4 | digit;
      }
      content.append((char) code);
    } else if (c >= 0 && meant >= 0) {
      content.append("\"\\/\b\f\n\r\t".charAt(meant));
    } else {
      throw new SyntaxException(at, "a backslash in a text is written '\\\\'");
    }
    advance();
    return content.charAt(content.length() - 1);
  }

  /** Takes the current character into a text or word. */
  private void take(Position at, int longest) throws IOException, SyntaxException {
    if (content.length() == longest) {
      throw new SyntaxException(at, "a text or number has more than " + longest + " characters");
    }
    content.append((char) current());
    advance();
  }

  /**
   * Takes the ordinary characters of a text that are in the buffer, which most texts are made of.
   */
  private void takeAscii() {
    int begin = next;
    int end = Math.min(limit, begin + LONGEST_TEXT - content.length());
    while (next < end && isOrdinary(chars[next])) {
      next++;
    }
    content.append(chars, begin, next - begin);
    column += next - begin;
    read += next - begin;
  }

  private static boolean isOrdinary(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private static boolean isOfWord(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c > 0 && "+-._".indexOf(c) >= 0);
  }

  private SyntaxException notInText(int c, Position begin) {
    Position here = new Position(line, column);
    return switch (c) {
      case MALFORMED -> new SyntaxException(here, found(c));
      case END, '\n', '\r' ->
          new SyntaxException(begin, "this text is not closed with '\"' on its line");
      default ->
          new SyntaxException(here, "%s in a text is written '\\u%04x'".formatted(found(c), c));
    };
  }

  private SyntaxException unexpected(String expected) throws IOException {
    Position at = position();
    int c = current();
    String hint =
        switch (c) {
          case '\'', '“', '”' -> "; texts are in double quotes";
          case '/', '#' -> "; JSON has no comments";
          default -> "";
        };
    return new SyntaxException(
        at, c == MALFORMED ? found(c) : "expected " + expected + ", found " + found(c) + hint);
  }

  private static String found(int c) {
    if (c == END) {
      return "the end";
    }
    if (c == MALFORMED) {
      return "not UTF-8 text; a binary file's name ends in .binpb";
    }
    String text = Text.printable(String.valueOf((char) c));
    return text.equals("?") && c != '?' ? "U+%04X".formatted(c) : "'" + text + "'";
  }

  private int afterBlanks() throws IOException {
    int c = current();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\ufeff') {
      advance();
      c = current();
    }
    return c;
  }

  private int current() throws IOException {
    if (next == limit && !malformed) {
      fill();
    }
    return next < limit ? chars[next] : malformed ? MALFORMED : END;
  }

  private void advance() {
    read++;
    if (next == limit) {
      malformed = false;
      return;
    }
    char c = chars[next++];
    if (c == '\n') {
      line++;
      column = 1;
    } else if (c != '\ufeff' && !Character.isLowSurrogate(c)) {
      // A byte order mark is not seen, and two surrogates are one character.
      column++;
    }
  }

  private void fill() throws IOException {
    CharBuffer free = CharBuffer.wrap(chars);
    while (true) {
      CoderResult result = decoder.decode(bytes, free, ended);
      next = 0;
      limit = free.position();
      if (result.isError()) {
        bytes.position(bytes.position() + result.length());
        malformed = true;
      }
      if (limit > 0 || malformed || ended) {
        return;
      }
      bytes.compact();
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0)).flip();
    }
  }
}
