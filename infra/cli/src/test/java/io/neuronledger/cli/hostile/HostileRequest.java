package io.neuronledger.cli.hostile;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of one request, and the service that they are sent to.
 *
 * @param name for the list of faults
 * @param mayBeCutOff whether the service may close the connection without an answer: the request never ends, or is
 *     longer than what it reads
 */
record HostileRequest(Target target, String name, byte[] bytes, boolean mayBeCutOff) {
  private static final int SHOWN_MAX = 250;

  static HostileRequest of(Target target, String text) {
    return new HostileRequest(target, text, text.getBytes(StandardCharsets.UTF_8), false);
  }

  HostileRequest cutOff() {
    return new HostileRequest(target, name, bytes, true);
  }

  /** The beginning, without the credential. */
  @Override
  public String toString() {
    String shown = name.replaceAll("Bearer [\\w.-]+", "Bearer …").replace("\r\n", " | ");
    return target.service() + ": " + (shown.length() > SHOWN_MAX ? shown.substring(0, SHOWN_MAX) + "…" : shown);
  }
}
