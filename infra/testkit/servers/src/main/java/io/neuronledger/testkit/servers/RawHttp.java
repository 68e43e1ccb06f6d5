package io.neuronledger.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP client that sends raw bytes: ordinary clients refuse to send some requests. */
public final class RawHttp {
  private static final int TIMEOUT_MS = 60_000;

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
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  private static Answer parsed(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String[] lines = answer.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(":", 2);
      headers.put(header[0], header[1].strip());
    }
    return new Answer(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, answer.substring(end + 4));
  }
}
