package io.neuronledger.cli.hostile;

import io.neuronledger.cli.hostile.HostileBodies.Body;
import io.neuronledger.cli.hostile.Target.Operation;
import io.neuronledger.cli.hostile.Target.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Generates requests from the documents of services: every parameter with every hostile value, every operation with
 * hostile bodies, headers and methods, malformed HTTP, and random mixtures of them from a seed.
 */
final class HostileRequests {
  private static final String OWNER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
  private static final String PROVIDER = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
  private static final List<String> BAD_CREDENTIALS = List.of("Authorization: Bearer x", "Authorization: Bearer",
      "Authorization:", "Authorization: Basic YWRtaW46YWRtaW4=", "Authorization: Bearer a.b.c",
      "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.", "Authorization: Bearer " + "a".repeat(6_000),
      "Authorization: Bearer nlk_0011223344556677_" + "A".repeat(43), "Authorization: Bearer nlk_",
      "Authorization: \u0001",
      "Authorization: Bearer x\r\nAuthorization: Bearer y", "Authorization: Digest username=\"a\"",
      "Authorization: bearer  x", "Cookie: JSESSIONID=1; token=x", "Authorization: Bearer a\u00e9",
      "Proxy-Authorization: Bearer x");
  private static final List<String> HEADERS = List.of("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: \u0001",
      "X-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 99999", "Forwarded: for=_hidden;host=evil.example",
      "X-Forwarded-Prefix: /../..", "X-Original-URL: /v1/admin/rebuild", "X-HTTP-Method-Override: DELETE",
      "Host: evil.example", "Origin: https://evil.example", "Origin: null", "Origin: \u0001",
      "Access-Control-Request-Method: DELETE", "Range: bytes=0-0", "Range: bytes=" + "0-1,".repeat(1_000) + "0-1",
      "If-None-Match: *", "If-Match: \"nothing\"", "If-Modified-Since: yesterday", "If-Range: x", "Accept: nonsense",
      "Accept: text/csv;q=2", "Accept: */*;q=NaN", "Accept: " + "a/b,".repeat(1_000) + "a/b", "Accept-Encoding: bomb",
      "Accept-Encoding: gzip;q=-1", "Accept-Language: " + "x-".repeat(2_000), "Accept-Charset: utf-7",
      "Content-Encoding: gzip", "TE: trailers, deflate", "Upgrade: h2c\r\nHTTP2-Settings: AAA", "Upgrade: websocket",
      "X-Big: " + "a".repeat(7_000), "X-Huge: " + "a".repeat(70_000), "X-A: 1\r\n".repeat(150) + "X-B: 1",
      "Expect: 200-wonders", "X Y: 1", ": 1", "X-Folded: a\r\n b", "X-Nul: a\u0000b", "Content-Type: text/html",
      "Content-Length: 0\r\nContent-Length: 5", "Transfer-Encoding: gzip\r\nContent-Length: 0");
  private static final List<String> METHODS =
      List.of("TRACE", "OPTIONS", "HEAD", "PATCH", "PUT", "CONNECT", "PROPFIND", "get", "BREW", "G\u00cbT", "\"",
          "A".repeat(500));

  private final List<HostileRequest> all = new ArrayList<>();
  private final String operator;
  private final String broker;
  private int turn;

  /**
   * @param operator the credential of the operations
   * @param broker that of those for brokers
   */
  HostileRequests(String operator, String broker) {
    this.operator = operator;
    this.broker = broker;
  }

  /** Every operation of the service with everything hostile. */
  HostileRequests generated(Target target) {
    for (Operation operation : target.operations()) {
      operation.parameters().forEach(parameter -> values(target, operation, parameter));
      values(target, operation, new Parameter("query", "unknown"));
      for (Body body : HostileBodies.small()) {
        if (operation.bodied()) {
          credentials(operation).forEach(each -> body(target, operation, each, body));
        }
      }
      HEADERS.forEach(header -> all.add(request(target, operation, path(operation), next(operation), header)));
      BAD_CREDENTIALS.forEach(bad -> all.add(request(target, operation, path(operation), bad, "X-A: 1")));
      METHODS.forEach(method -> all.add(HostileRequest.of(target,
          head(method, path(operation), next(operation) + "\r\nContent-Length: 0"))));
      all.add(request(target, operation, path(operation), "Authorization: Bearer " + right(operation),
          "Authorization: Bearer " + right(operation)));
    }
    target.operations().stream().filter(Operation::bodied).forEach(operation -> HostileBodies.large()
        .forEach(body -> body(target, operation, next(operation), body)));
    malformed(target);
    return this;
  }

  private void values(Target target, Operation operation, Parameter parameter) {
    for (String value : parameter.place().equals("header") ? HostileValues.IN_HEADERS : HostileValues.ENCODED) {
      String right = "Authorization: Bearer " + right(operation);
      all.add(with(target, operation, parameter, value, right));
      if (turn++ % 6 == 0) {
        all.add(with(target, operation, parameter, value, "X-No-Credential: 1"));
        all.add(with(target, operation, parameter, value, BAD_CREDENTIALS.get(turn % BAD_CREDENTIALS.size())));
      }
      if (parameter.place().equals("query") && turn % 8 == 0) {
        all.add(request(target, operation, path(operation) + "?" + parameter.name() + "=" + value + "&"
            + parameter.name() + "=1", right, "X-A: 1"));
      }
    }
  }

  private HostileRequest with(Target target, Operation operation, Parameter parameter, String value,
      String credential) {
    return switch (parameter.place()) {
      case "path" -> request(target, operation,
          path(operation.path().replace("{" + parameter.name() + "}", value)), credential, "X-A: 1");
      case "query" -> request(target, operation, path(operation) + "?" + parameter.name() + "=" + value, credential,
          "X-A: 1");
      default -> request(target, operation, path(operation), credential, parameter.name() + ": " + value);
    };
  }

  private void body(Target target, Operation operation, String credential, Body body) {
    HostileRequest head = HostileRequest.of(target, head(operation.method(), path(operation), credential + "\r\n"
        + body.headers() + "\r\nContent-Length: " + body.content().length()));
    all.add(new HostileRequest(target, head.name() + body.content().substring(0,
        Math.min(80, body.content().length())), head.content() + body.content(), body.longer()));
  }

  /** What is no HTTP, or HTTP that two servers could read differently. */
  private void malformed(Target target) {
    String post = target.operations().stream().filter(each -> each.method().equals("POST")).findFirst().orElseThrow()
        .path();
    String host = "Host: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + operator + "\r\n";
    String hidden = "GET /v1/admin/quarantine HTTP/1.1\r\n" + host + "\r\n";
    for (String request : List.of("GET / HTTP/9.9\r\n" + host + "\r\n", "GET / HTTQ/1.1\r\n" + host + "\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "GET / HTTP/1.1\r\n" + host + "Host: b\r\n\r\n",
        "GET http://evil.example" + post + " HTTP/1.1\r\n" + host + "\r\n", "GET http:// HTTP/1.1\r\n" + host + "\r\n",
        "GET //evil.example/ HTTP/1.1\r\n" + host + "\r\n", "GET * HTTP/1.1\r\n" + host + "\r\n",
        "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", "GET /%2e%2e/%2e%2e/a HTTP/1.1\r\n" + host + "\r\n",
        "GET /.;/v1/admin/quarantine HTTP/1.1\r\n" + host + "\r\n", "GET //v1//status HTTP/1.1\r\n" + host + "\r\n",
        "GET /v1/status/ HTTP/1.1\r\n" + host + "\r\n", "GET /V1/STATUS HTTP/1.1\r\n" + host + "\r\n",
        "GET /actuator HTTP/1.1\r\n" + host + "\r\n", "GET /actuator/env HTTP/1.1\r\n" + host + "\r\n",
        "GET /actuator/heapdump HTTP/1.1\r\n" + host + "\r\n", "POST /actuator/shutdown HTTP/1.1\r\n" + host + "\r\n",
        "GET /actuator/health/%00 HTTP/1.1\r\n" + host + "\r\n", "GET /error HTTP/1.1\r\n" + host + "\r\n",
        "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n", "GET /" + "a/".repeat(3_000) + " HTTP/1.1\r\n"
            + host + "\r\n", "GET /?" + "a=1&".repeat(1_800) + " HTTP/1.1\r\n" + host + "\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: 4, 4\r\n\r\n{}{}",
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: +2\r\n\r\n{}",
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + hidden,
        "POST " + post + " HTTP/1.1\r\n" + host + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + hidden,
        "POST " + post + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + HostileBodies.JSON
            + "\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
        "POST " + post + " HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"
            + "0\r\n\r\n",
        "POST " + post + " HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET " + post + " HTTP/1.1\n" + host.replace("\r", "") + "\n")) {
      all.add(HostileRequest.of(target, request));
    }
    for (String noHttp : List.of("GET  HTTP/1.1\r\n" + host, "GET /\r\n", "/ GET HTTP/1.1\r\n" + host,
        "GET / HTTP/1.1 HTTP/1.1\r\n" + host, "GET /\u0001 HTTP/1.1\r\n" + host, "GET /a\u0000b HTTP/1.1\r\n" + host,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000", "\r\n\r\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", "\u0000".repeat(9_000), "SSH-2.0-x\r\n", "QUIT\r\n",
        "a".repeat(100_000))) {
      all.add(HostileRequest.of(target, noHttp + "\r\n\r\n").cutOff());
    }
  }

  /**
   * Requests that begin and do not go on: the service must end each of them by itself.
   *
   * @param times of each kind
   */
  List<HostileRequest> unfinished(Target target, int times) {
    Operation operation = target.operations().stream().filter(each -> each.method().equals("POST")).findFirst()
        .orElseThrow();
    String begun = "POST " + operation.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        + right(operation) + "\r\n" + HostileBodies.JSON + "\r\n";
    List<HostileRequest> unfinished = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (String text : List.of("G", "GET /v1/sta", begun, begun + "Content-Length: 100\r\n\r\n{\"a\":",
          begun + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a")) {
        unfinished.add(HostileRequest.of(target, text).cutOff());
      }
    }
    return unfinished;
  }

  /** Random mixtures; the same for the same seed. */
  HostileRequests random(List<Target> targets, int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      Target target = targets.get(random.nextInt(targets.size()));
      Operation operation = one(random, target.operations());
      String path = operation.path();
      List<String> query = new ArrayList<>();
      List<String> headers = new ArrayList<>(List.of(one(random, credentials(operation))));
      for (Parameter parameter : operation.parameters()) {
        String value = random.nextInt(3) == 0 ? one(random, HostileValues.ENCODED) : randomText(random);
        switch (parameter.place()) {
          case "path" -> path = random.nextBoolean() ? path.replace("{" + parameter.name() + "}", value) : path;
          case "query" -> query.add(random.nextInt(3) == 0 ? parameter.name() + "=" + value : "");
          default -> headers.add(parameter.name() + ": " + one(random, HostileValues.IN_HEADERS));
        }
      }
      query.removeIf(String::isEmpty);
      if (random.nextInt(3) == 0) {
        headers.add(one(random, HEADERS));
      }
      String asked = path(path) + (query.isEmpty() ? "" : "?" + String.join("&", query));
      if (operation.bodied()) {
        body(target, new Operation(operation.method(), asked, operation.tag(), operation.id(), List.of(), true,
            operation.forReports(), operation.open()),
            String.join("\r\n", headers), mutated(random, operation.forReports() ? HostileBodies.REPORT
                : HostileBodies.KEY));
      } else {
        all.add(HostileRequest.of(target, head(operation.method(), asked, String.join("\r\n", headers))));
      }
    }
    return this;
  }

  private static Body mutated(Random random, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new Body(HostileBodies.JSON, HostileRequest.latin(bytes), false);
  }

  private static String randomText(Random random) {
    return random.ints(random.nextInt(20), 0, 256)
        .mapToObj(each -> String.format(Locale.ROOT, "%%%02X", each)).collect(Collectors.joining());
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private HostileRequest request(Target target, Operation operation, String path, String credential, String header) {
    String body = operation.bodied() ? "\r\n" + HostileBodies.JSON + "\r\nContent-Length: 2" : "";
    String head = head(operation.method(), path, credential + "\r\n" + header + body);
    return HostileRequest.of(target, operation.bodied() ? head + "{}" : head);
  }

  private static String head(String method, String path, String headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + "\r\n\r\n";
  }

  /** In turn: none, a bad one, the right one. */
  private String next(Operation operation) {
    turn++;
    return credentials(operation).get(turn % 3);
  }

  private List<String> credentials(Operation operation) {
    return List.of("X-No-Credential: 1", BAD_CREDENTIALS.get(turn % BAD_CREDENTIALS.size()),
        "Authorization: Bearer " + right(operation));
  }

  private String right(Operation operation) {
    return operation.forReports() ? broker : operator;
  }

  private static String path(Operation operation) {
    return path(operation.path());
  }

  private static String path(String template) {
    return template.replace("{owner}", OWNER).replace("{provider}", PROVIDER).replace("{service}", "inference-v1.0")
        .replace("{period}", "2026-01").replaceAll("\\{[a-z_]+}", "0011223344556677");
  }

  List<HostileRequest> all() {
    return all;
  }
}
