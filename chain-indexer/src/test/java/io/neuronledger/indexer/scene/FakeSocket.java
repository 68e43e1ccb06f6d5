package io.neuronledger.indexer.scene;

import io.neuronledger.indexer.chain.Quantity;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node's WebSocket with {@code newHeads}, which can fall silent while it stays open (RFC 6455, text frames only). */
public final class FakeSocket implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)", Pattern.CASE_INSENSITIVE);
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT_FRAME = 0x81;
  private static final int LENGTH_IN_TWO_BYTES = 126;

  private final ServerSocket server;
  private final List<Socket> subscribed = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean refusing;

  public FakeSocket() {
    try {
      this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  /** How many were opened so far. */
  public int connections() {
    return connections.get();
  }

  /** How many have subscribed and are still told. */
  public int subscribed() {
    return subscribed.size();
  }

  /** From now on it opens sockets and answers nothing on them. */
  public void refuseSubscriptions() {
    refusing = true;
  }

  /** The sockets of now stay open and are never told anything again. */
  public void fallSilent() {
    subscribed.clear();
  }

  public void announce(long block) {
    String head = "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0x1\","
        + "\"result\":{\"number\":\"" + Quantity.of(block) + "\"}}}";
    subscribed.removeIf(socket -> !told(socket, head));
  }

  private static boolean told(Socket socket, String head) {
    try {
      send(socket.getOutputStream(), head);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : subscribed) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Matcher key = KEY.matcher(head(in));
      if (!key.find()) {
        socket.close();
        return;
      }
      socket.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
          + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accepted(key.group(1)) + "\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII));
      // Whatever the first frame is, it asks for newHeads: nothing else is ever sent on this socket.
      if (in.read() == TEXT_FRAME && !refusing) {
        send(socket.getOutputStream(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}");
        subscribed.add(socket);
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      subscribed.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static String accepted(String key) {
    try {
      return Base64.getEncoder().encodeToString(
          MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(TEXT_FRAME);
    if (bytes.length < LENGTH_IN_TWO_BYTES) {
      frame.write(bytes.length);
    } else {
      frame.write(LENGTH_IN_TWO_BYTES);
      frame.write(bytes.length >> Byte.SIZE);
      frame.write(bytes.length);
    }
    frame.writeBytes(bytes);
    out.write(frame.toByteArray());
    out.flush();
  }
}
