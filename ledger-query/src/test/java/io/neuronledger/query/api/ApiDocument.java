package io.neuronledger.query.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published OpenAPI document; checks whether an answer conforms to it. */
final class ApiDocument {
  private static final String RESOURCE = "/openapi/ledger-query.v1.yaml";
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * A method of a path.
   *
   * @param parameters the parameters of the path and of the method, resolved, by place and name: {@code query:limit}
   */
  record Operation(String method, String path, JsonNode node, Map<String, JsonNode> parameters) {
    boolean matches(String asked, String target) {
      String template = path.replaceAll("\\{[a-z_]+}", "\0");
      String pattern = String.join("[^/]+", List.of(template.split("\0", -1)).stream().map(Pattern::quote).toList());
      return method.equals(asked) && target.split("\\?", 2)[0].matches(pattern);
    }

    /** The names of the parameters in this place: {@code query}, {@code path} or {@code header}. */
    Set<String> names(String place) {
      Set<String> names = new TreeSet<>();
      parameters.keySet().stream().filter(key -> key.startsWith(place + ":"))
          .forEach(key -> names.add(key.substring(place.length() + 1)));
      return names;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  ApiDocument() {
    try (InputStream in = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(RESOURCE))) {
      document = new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    document.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) -> {
      if (!method.equals("parameters")) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        methods.path("parameters").forEach(parameter -> add(parameter, parameters));
        node.path("parameters").forEach(parameter -> add(parameter, parameters));
        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, node, parameters));
      }
    }));
  }

  private void add(JsonNode parameter, Map<String, JsonNode> parameters) {
    JsonNode resolved = resolved(parameter);
    parameters.put(resolved.path("in").asString() + ":" + resolved.path("name").asString(), resolved);
  }

  /** The node, or the component that it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String method, String path) {
    return operations.stream().filter(each -> each.method.equals(method) && each.path.equals(path)).findFirst()
        .orElseThrow();
  }

  /** The problem codes in the document. */
  Set<String> problemCodes() {
    Set<String> codes = new TreeSet<>();
    document.at("/components/schemas/ProblemCode/enum").forEach(code -> codes.add(code.asString()));
    return codes;
  }

  /** Returns the deviations of an answer from the document: its status, media type or content; empty if it conforms. */
  List<String> faults(String method, String target, RawHttp.Answer answer) {
    List<Operation> found = operations.stream().filter(each -> each.matches(method, target)).toList();
    if (found.isEmpty()) {
      return faultsOfProblem(answer);
    }
    JsonNode response =
        resolved(found.getFirst().node.path("responses").path(String.valueOf(answer.status())));
    if (response.isMissingNode()) {
      return List.of(found.getFirst() + " does not name status " + answer.status());
    }
    if (!response.has("content")) {
      return answer.body().isEmpty() ? List.of() : List.of(found.getFirst() + " " + answer.status() + " names no body");
    }
    JsonNode media = response.path("content").path(answer.mediaType());
    if (media.isMissingNode()) {
      return List.of(found.getFirst() + " " + answer.status() + " does not name " + answer.mediaType());
    }
    List<String> faults = new ArrayList<>();
    response.path("headers").forEachEntry((name, header) -> {
      if (resolved(header).path("required").asBoolean() && answer.header(name).isEmpty()) {
        faults.add("no header " + name);
      }
    });
    if (answer.mediaType().endsWith("/json") || answer.mediaType().endsWith("+json")) {
      faults.addAll(faults(media.path("schema"), answer.body()));
    }
    return faults;
  }

  /** The answer to an unknown operation is a problem too. */
  private List<String> faultsOfProblem(RawHttp.Answer answer) {
    return answer.status() >= 400 && answer.mediaType().equals("application/problem+json")
        ? faults(QueryFixture.JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), answer.body())
        : List.of("no problem: " + answer.status() + " " + answer.mediaType());
  }

  private List<String> faults(JsonNode schema, String body) {
    return schemas.computeIfAbsent(schema.toString(), _ -> whole(schema)).validate(QueryFixture.JSON.readTree(body))
        .stream()
        .map(Object::toString).toList();
  }

  /** References lead into the document's components. */
  private Schema whole(JsonNode schema) {
    ObjectNode root = QueryFixture.JSON.createObjectNode().setAll((ObjectNode) schema);
    root.set("components", document.path("components"));
    return REGISTRY.getSchema(root);
  }
}
