// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.server;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection whose bytes and HTTP/2 frames (RFC 9113) a test makes itself, right or wrong. */
final class RawConnection implements Closeable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  /** The code of GOAWAY with which a peer says that it is asked too much. */
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int SETTINGS_INITIAL_WINDOW_SIZE = 4;
  private static final int SMALL_BUFFER = 4096;
  private static final int GUARD_MILLISECONDS = 60_000;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final DataInputStream in;

  /** Connects to a port of the loopback address, with little room for what is not read. */
  RawConnection(int port) throws IOException {
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(GUARD_MILLISECONDS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Begins HTTP/2 with a window for answers. */
  RawConnection begin(int window) throws IOException {
    send(PREFACE.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    settings.write(0);
    settings.write(SETTINGS_INITIAL_WINDOW_SIZE);
    settings.writeBytes(number(window));
    send(frame(SETTINGS, 0, 0, settings.toByteArray()));
    return this;
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /**
   * Sends unless the server has closed the connection, whose last words can be read all the same.
   */
  boolean sendIfOpen(byte[] bytes) {
    try {
      send(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(9 + payload.length);
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(number(stream));
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** The headers that begin a call of a method of the planner. */
  static byte[] call(String method) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":method", "POST");
    header(headers, ":scheme", "http");
    header(headers, ":path", "/partialloading.planner.v1.PlannerService/" + method);
    header(headers, ":authority", "localhost");
    header(headers, "te", "trailers");
    header(headers, "content-type", "application/grpc");
    return headers.toByteArray();
  }

  /** A literal header that is not indexed (RFC 7541, 6.2.2), of less than 127 bytes each. */
  static void header(ByteArrayOutputStream headers, String name, String value) {
    headers.write(0);
    for (String text : new String[] {name, value}) {
      headers.write(text.length());
      headers.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** A message as gRPC frames it. */
  static byte[] message(byte[] content) {
    return message(content.length, content);
  }

  /** The same, whatever length it claims to have. */
  static byte[] message(int length, byte[] content) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(0);
    message.writeBytes(number(length));
    message.writeBytes(content);
    return message.toByteArray();
  }

  static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /**
   * Sends the same again and again until the server closes the connection.
   *
   * @throws AssertionError if it takes more than so many bytes
   */
  void flood(byte[] bytes, long most) {
    try {
      for (long sent = 0; sent < most; sent += bytes.length) {
        send(bytes);
      }
    } catch (IOException closed) {
      return;
    }
    throw new AssertionError("still open after " + most + " bytes");
  }

  /**
   * Reads until the server closes the connection.
   *
   * @return the code of the last GOAWAY; -1 if there was none
   * @throws AssertionError if it does not
   */
  int awaitEnd() throws IOException {
    int code = -1;
    try {
      while (true) {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        if (type == GOAWAY && length >= 8) {
          in.skipNBytes(4);
          code = in.readInt();
          length -= 8;
        }
        in.skipNBytes(length);
      }
    } catch (EOFException | SocketException closed) {
      return code;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server does not close the connection", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
