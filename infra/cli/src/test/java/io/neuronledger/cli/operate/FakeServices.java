package io.neuronledger.cli.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The three services, each answering every operation with the example in its document, or as a test wants. */
final class FakeServices implements AutoCloseable {
  private static final List<String> SERVICES = List.of("ledger-query", "ledger-command", "chain-indexer");
  /** Of all services: a document takes longer to read than a test to run. */
  private static final List<Operation> OPERATIONS = SERVICES.stream().flatMap(FakeServices::operations).toList();

  private final Map<String, HttpServer> servers = new HashMap<>();
  private final Map<String, Answers> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** One that a document describes. */
  private record Operation(String service, String method, String path, String id, int status, String example) {
    boolean isAskedBy(HttpExchange exchange) {
      return method.equals(exchange.getRequestMethod())
          && exchange.getRequestURI().getRawPath().matches(path.replaceAll("\\{[^}]+}", "[^/]+"));
    }
  }

  /**
   * A request.
   *
   * @param operation its id
   * @param path with the query
   * @param token in its header; empty for none
   */
  record Asked(String operation, String path, String body, String token) {}

  /** Answers an operation in another way. */
  @FunctionalInterface
  interface Answers {
    void answer(HttpExchange exchange) throws IOException;
  }

  FakeServices() {
    SERVICES.forEach(service -> servers.put(service, serve(service)));
  }

  private static Stream<Operation> operations(String service) {
    List<Operation> operations = new ArrayList<>();
    JsonNode document = document("/openapi/" + service + ".v1.yaml");
    document.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) -> {
      if (!method.equals("parameters")) {
        operations.add(operation(service, path, method, node, document));
      }
    }));
    return operations.stream();
  }

  private static Operation operation(String service, String path, String method, JsonNode node, JsonNode document) {
    String status = node.path("responses").propertyStream().map(Map.Entry::getKey)
        .filter(each -> each.startsWith("2")).findFirst().orElseThrow();
    JsonNode answer = resolved(node.path("responses").path(status), document);
    String example = answer.path("content").path("application/json").path("examples").valueStream().findFirst()
        .map(each -> lastPage(resolved(each, document).path("value")).toString()).orElse("");
    return new Operation(service, method.toUpperCase(Locale.ROOT), path, node.path("operationId").asString(),
        Integer.parseInt(status), example);
  }

  /** Some examples are pages with another one after them, which would be asked for again and again. */
  private static JsonNode lastPage(JsonNode example) {
    return example.has("next_cursor")
        ? ((ObjectNode) example.deepCopy()).put("has_more", false).without("next_cursor") : example;
  }

  private static JsonNode resolved(JsonNode node, JsonNode document) {
    return node.has("$ref") ? resolved(document.at(node.path("$ref").asString().substring(1)), document) : node;
  }

  private static JsonNode document(String resource) {
    try (InputStream in = Objects.requireNonNull(FakeServices.class.getResourceAsStream(resource))) {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return JsonMapper.shared().valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer serve(String service) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        try (exchange) {
          answer(service, exchange);
        }
      });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String service, HttpExchange exchange) throws IOException {
    Optional<Operation> found =
        OPERATIONS.stream().filter(each -> each.service().equals(service) && each.isAskedBy(exchange))
            .min((one, other) -> Integer.compare(placeholders(one), placeholders(other)));
    String id = found.map(Operation::id).orElse("none");
    asked.add(new Asked(service + " " + id, exchange.getRequestURI().toString(),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("")));
    Answers wanted = answers.get(service + " " + id);
    if (wanted != null) {
      wanted.answer(exchange);
    } else if (found.isEmpty()) {
      send(exchange, 404, new byte[0]);
    } else {
      send(exchange, found.get().status(), found.get().example().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int placeholders(Operation operation) {
    return (int) operation.path().chars().filter(each -> each == '{').count();
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /** @param operation the service and the id, {@code ledger-query status} for example */
  FakeServices answer(String operation, int status, String body) {
    return answer(operation, exchange -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8)));
  }

  FakeServices answer(String operation, Answers answer) {
    answers.put(operation, answer);
    return this;
  }

  /** The example of an operation. */
  JsonNode example(String operation) {
    return OPERATIONS.stream().filter(each -> (each.service() + " " + each.id()).equals(operation)).findFirst()
        .map(each -> JsonMapper.shared().readTree(each.example())).orElseThrow();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  Asked last() {
    return asked.getLast();
  }

  /** All that the documents describe, by service and id. */
  Set<String> all() {
    return OPERATIONS.stream().map(each -> each.service() + " " + each.id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> askedOperations() {
    return asked.stream().map(Asked::operation).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The options with the addresses. */
  Stream<String> options() {
    return Stream.of("--url", url("ledger-query"), "--command-url", url("ledger-command"), "--indexer-url",
        url("chain-indexer"));
  }

  private String url(String service) {
    return "http://127.0.0.1:" + Objects.requireNonNull(servers.get(service)).getAddress().getPort();
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
  }
}
