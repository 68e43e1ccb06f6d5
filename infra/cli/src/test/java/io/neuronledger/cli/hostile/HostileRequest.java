package io.neuronledger.cli.hostile;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one request, and the service that they are sent to.
 *
 * @param name for the list of faults
 * @param content a character for each byte
 * @param mayBeCutOff whether the service may close the connection without an answer: the request never ends, or is
 *     longer than what it reads; also true of a head longer than that
 */
record HostileRequest(Target target, String name, String content, boolean mayBeCutOff) {
  /**
   * The bytes of a request line with its headers that the services read, Tomcat's default. Of a longer head the rest is
   * unread when the connection is closed, which resets it, and the reset may overtake the refusal.
   */
  static final int HEAD_MAX = 8_192;
  static final String HEAD_END = "\r\n\r\n";

  private static final int SHOWN_MAX = 250;

  HostileRequest {
    int end = content.indexOf(HEAD_END);
    mayBeCutOff |= (end < 0 ? content.length() : end + HEAD_END.length()) > HEAD_MAX;
  }

  static HostileRequest of(Target target, String text) {
    return new HostileRequest(target, text, latin(text.getBytes(StandardCharsets.UTF_8)), false);
  }

  /** A character for each byte. */
  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    return content.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether its path is that of an open operation. */
  boolean isOpen() {
    String[] line = content.split("[ ?\r\n]", 3);
    return target.operations().stream().anyMatch(each -> each.open() && line.length > 1 && each.path().equals(line[1]));
  }

  HostileRequest cutOff() {
    return new HostileRequest(target, name, content, true);
  }

  /** The beginning, without the credential. */
  @Override
  public String toString() {
    String shown = name.replaceAll("Bearer [\\w.-]+", "Bearer …").replace("\r\n", " | ");
    return target.service() + ": " + (shown.length() > SHOWN_MAX ? shown.substring(0, SHOWN_MAX) + "…" : shown);
  }
}
