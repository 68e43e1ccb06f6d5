package io.neuronledger.cli.hostile;

import io.neuronledger.testkit.servers.RawHttp.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with the answer to a hostile request.
 *
 * @param credentials the valid ones; who sends none of them is nobody
 */
record Verdict(Set<String> credentials) {
  /** The code of an answer to an access that could not be recorded. */
  static final String UNRECORDED = "access-log-unavailable";

  /**
   * The failures that are right: 501 for a transfer coding that HTTP names and no service has, 505 for another version
   * of HTTP, and 503 where the same request may be answered later.
   */
  private static final Map<Integer, Set<String>> RIGHT_FAILURES = Map.of(
      501, Set.of("malformed-request"),
      505, Set.of("malformed-request"),
      // A block that the chain has not reached; as many questions at once as there are connections; a broker that did
      // not store an access in time, on a busy machine: the test bounds their number.
      503, Set.of("block-not-reached", "too-busy", "too-many-exports", "too-many-writers", UNRECORDED));
  private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");
  /** Stack traces, names of classes and methods, and the database's own words. */
  private static final Pattern INSIDE = Pattern.compile("\\bat [a-z]+\\.|\\.java:\\d|Exception\\b"
      + "|\\bjava\\.(?!lang\\.Runtime)|\\bjakarta\\.|\\borg\\.|\\bcom\\.|\\btools\\.|io\\.neuronledger"
      + "|\\b[A-Z][A-Za-z]+\\.[a-z][A-Za-z]+\\("
      + "|\\b(?:SELECT|INSERT|UPDATE|DELETE FROM) |SQLSTATE|ERROR:|Apache Tomcat|<html|<!doctype",
      Pattern.CASE_INSENSITIVE);
  private static final int ERRORS_FROM = 400;
  private static final int FAILURES_FROM = 500;
  /** Of HTTP itself, before a credential is looked at. */
  private static final Set<Integer> FAILURES_OF_NOBODY = Set.of(501, 505);

  /** The fault of an answer; empty where it is as it should be. */
  Optional<String> of(HostileRequest request, Optional<Answer> answered) {
    if (answered.isEmpty()) {
      return request.mayBeCutOff() ? Optional.empty() : Optional.of("no answer");
    }
    Answer answer = answered.get();
    if (answer.header("X-Injected").isPresent()) {
      return Optional.of("a header of the caller's");
    }
    boolean isNobody = credentials.stream().noneMatch(request.content()::contains) && !request.isOpen();
    if (isNobody && (answer.status() < ERRORS_FROM || answer.status() >= FAILURES_FROM)
        && !FAILURES_OF_NOBODY.contains(answer.status())) {
      return Optional.of("no refusal of nobody");
    }
    if (answer.status() < ERRORS_FROM) {
      return Optional.empty();
    }
    Matcher code = CODE.matcher(answer.body());
    String found = code.find() ? code.group(1) : "";
    boolean isBodyless = request.name().startsWith("HEAD ");
    Set<String> right = RIGHT_FAILURES.getOrDefault(answer.status(), Set.of());
    if (answer.status() >= FAILURES_FROM && (isBodyless ? right.isEmpty() : !right.contains(found))) {
      return Optional.of("a failure of the service");
    }
    if (!answer.mediaType().equals("application/problem+json")
        || (!isBodyless && !request.target().codes().contains(found))) {
      return Optional.of("no problem of the document");
    }
    return INSIDE.matcher(answer.body()).find() ? Optional.of("words from inside") : Optional.empty();
  }
}
