package io.neuronledger.indexer.wiring;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The service's published OpenAPI document; checks whether an answer conforms to it. */
final class ApiDocument {
  private static final String RESOURCE = "/openapi/chain-indexer.v1.yaml";
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;

  /**
   * A method of a path.
   *
   * @param security sets of scopes, each of them enough
   */
  record Operation(String method, String path, List<Set<String>> security) {
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
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) -> operations.add(
        new Operation(method.toUpperCase(Locale.ROOT), path, node.path("security").valueStream()
            .map(each -> (Set<String>) new TreeSet<>(
                each.path("bearer").valueStream().map(JsonNode::asString).toList())).toList()))));
    return operations;
  }

  /** The problem codes in the document. */
  Set<String> problemCodes() {
    Set<String> codes = new TreeSet<>();
    document.at("/components/schemas/ProblemCode/enum").forEach(code -> codes.add(code.asString()));
    return codes;
  }

  /**
   * Returns the deviations of an answer from the document: its status, media type or content; empty if it conforms. The
   * answer to an unknown operation is a problem too.
   *
   * @param path without a query string; no path of the document has variables
   */
  List<String> faults(String method, String path, RawHttp.Answer answer) {
    JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    JsonNode response = operation.isMissingNode() && answer.status() >= 400
        ? document.at("/components/responses/Failed")
        : resolved(operation.path("responses").path(String.valueOf(answer.status())));
    String described = method + " " + path + " " + answer.status();
    if (response.isMissingNode()) {
      return List.of("the document has no " + described);
    }
    if (response.path("content").isMissingNode()) {
      return answer.body().isEmpty() ? List.of() : List.of(described + " has no body, but was " + answer.body());
    }
    JsonNode schema = response.path("content").path(answer.mediaType()).path("schema");
    return schema.isMissingNode()
        ? List.of("the document has no " + described + " " + answer.mediaType())
        : whole(schema).validate(JsonMapper.shared().readTree(answer.body())).stream().map(Object::toString).toList();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  /** References lead into the document's components. */
  private Schema whole(JsonNode schema) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", document.path("components"));
    return REGISTRY.getSchema(whole);
  }
}
