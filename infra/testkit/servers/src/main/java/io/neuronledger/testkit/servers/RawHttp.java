package io.neuronledger.testkit.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP client that sends raw bytes: ordinary clients refuse to send some requests. */
public final class RawHttp {
  private static final int TIMEOUT_MS = 60_000;
  private static final int CHUNK_BYTES = 8_192;
  private static final String HEAD_END = "\r\n\r\n";

  private RawHttp() {}

  /** @param headers by name, in any letter case */
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      anyCase.putAll(headers);
      headers = anyCase;
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** The media type without its parameters; empty where there is none. */
    public String mediaType() {
      return header("Content-Type").map(type -> type.split(";", 2)[0].strip()).orElse("");
    }
  }

  /**
   * HTTP 1.0: the body ends with the connection.
   *
   * @param target the target of the request line, sent unchanged
   * @param more further header lines
   */
  public static Answer send(int port, String method, String target, String... more) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.0\r\nHost: 127.0.0.1\r\n");
    for (String header : more) {
      request.append(header).append("\r\n");
    }
    return send(port, request.append("\r\n").toString());
  }

  /** @param request the whole request; it must make the service close the connection */
  public static Answer send(int port, String request) {
    try (Socket socket = connected(port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  /**
   * Sends bytes that may be no request, and waits for a minute at most until the service closes the connection. Of a
   * stream of events, which lasts as long as its credential, only the head is read, and the connection is closed here.
   *
   * @return the answer; empty where the service closes the connection without one, or without a status line, as to
   *     whoever speaks HTTP 0.9
   * @throws UncheckedIOException if the service does not close it in time
   */
  public static Optional<Answer> trySend(int port, byte[] request) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = connected(port)) {
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        readUntilEnd(socket.getInputStream(), answer);
      } catch (SocketException e) {
        // Closed while we wrote or read: what came before may be a whole answer.
        readLeft(socket, answer);
      }
      return parsed(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readUntilEnd(InputStream in, ByteArrayOutputStream answer) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    boolean isHead = true;
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      answer.write(chunk, 0, read);
      Optional<Answer> begun = isHead ? parsed(answer) : Optional.empty();
      if (begun.filter(each -> each.mediaType().equals("text/event-stream")).isPresent()) {
        return;
      }
      isHead = isHead && begun.isEmpty();
    }
  }

  private static void readLeft(Socket socket, ByteArrayOutputStream answer) throws IOException {
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // nothing is left
    }
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  /** Empty until the head is whole, and where there is none. */
  private static Optional<Answer> parsed(ByteArrayOutputStream answer) {
    String text = answer.toString(StandardCharsets.UTF_8);
    return text.startsWith("HTTP/") && text.contains(HEAD_END) ? Optional.of(parsed(text)) : Optional.empty();
  }

  private static Answer parsed(String answer) {
    int end = answer.indexOf(HEAD_END);
    String[] lines = answer.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(":", 2);
      headers.put(header[0], header[1].strip());
    }
    return new Answer(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, answer.substring(end + HEAD_END.length()));
  }
}
