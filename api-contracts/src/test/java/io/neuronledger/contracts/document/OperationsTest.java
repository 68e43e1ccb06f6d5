package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every operation has true examples, and amounts are offered in both units. */
class OperationsTest {
  private static final String QUERY = "ledger-query";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Set<String> AMOUNTS = Set.of("Neuron", "SignedNeuron", "NeuronSum");
  private static final String EXPORTS = "/exports";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  /** A part of an operation that is sent: {@code POST /v1/usage request application/json}. */
  private record Content(String name, JsonNode media) {}

  private static JsonNode document(String service) {
    return Documents.read("/openapi/" + service + ".v1.yaml");
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  private static List<Content> contents(JsonNode document) {
    List<Content> contents = new ArrayList<>();
    document.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
      if (METHODS.contains(method)) {
        String name = method + " " + path;
        resolved(document, operation.path("requestBody")).path("content")
            .forEachEntry((type, media) -> contents.add(new Content(name + " request " + type, media)));
        operation.path("responses").forEachEntry((status, response) -> resolved(document, response).path("content")
            .forEachEntry((type, media) -> contents.add(new Content(name + " " + status + " " + type, media))));
      }
    }));
    return contents;
  }

  private static List<JsonNode> examples(JsonNode document, JsonNode media) {
    List<JsonNode> examples = new ArrayList<>();
    media.path("examples").forEach(each -> examples.add(resolved(document, each).path("value")));
    if (media.has("example")) {
      examples.add(media.path("example"));
    }
    return examples;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger-query", "ledger-command", "chain-indexer"})
  void every_request_and_every_answer_has_an_example(String service) {
    JsonNode document = document(service);
    assertThat(contents(document)).isNotEmpty();
    assertThat(contents(document).stream().filter(each -> !each.name().contains("problem"))
        .filter(each -> examples(document, each.media()).isEmpty()).map(Content::name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger-query", "ledger-command", "chain-indexer"})
  void every_example_is_true(String service) {
    JsonNode document = document(service);
    List<String> faults = new ArrayList<>();
    for (Content content : contents(document)) {
      Schema schema = schema(document, content.media().path("schema"));
      for (JsonNode example : examples(document, content.media())) {
        schema.validate(example).forEach(fault -> faults.add(content.name() + ": " + fault));
      }
    }
    assertThat(faults).isEmpty();
  }

  private static Schema schema(JsonNode document, JsonNode schema) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().setAll((ObjectNode) schema);
    root.set("components", document.path("components"));
    return REGISTRY.getSchema(root);
  }

  @Test
  void a_false_example_is_found() {
    JsonNode document = document(QUERY);
    Schema address = schema(document, JsonNodeFactory.instance.objectNode().put("$ref", SCHEMAS + "Address"));
    assertThat(address.validate(JsonNodeFactory.instance.stringNode("0x12"))).isNotEmpty();
  }

  /** Of the Router's own answers there is no other form. */
  @Test
  void each_amount_of_an_answer_has_its_twin_in_0g() {
    JsonNode document = document(QUERY);
    List<String> without = new ArrayList<>();
    document.at("/components/schemas").forEachEntry((name, schema) -> {
      if (!name.equals("Problem") && !name.startsWith("Account")) {
        addAmountsWithoutTwin(name, schema, without);
      }
    });
    assertThat(without).isEmpty();
  }

  private static void addAmountsWithoutTwin(String place, JsonNode schema, List<String> without) {
    JsonNode properties = schema.path("properties");
    properties.forEachEntry((name, property) -> {
      boolean isAmount = AMOUNTS.contains(property.path("$ref").asString("").replace(SCHEMAS, ""));
      if (isAmount != properties.path(name + "_0g").path("$ref").asString("").equals(SCHEMAS + "ZeroG")) {
        without.add(place + "." + name);
      }
    });
    schema.forEach(each -> addAmountsWithoutTwin(place, each, without));
  }

  /** An export where the answer of its list has them. */
  @Test
  void an_operation_takes_a_unit_where_its_answer_has_amounts() {
    JsonNode document = document(QUERY);
    document.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
      if (METHODS.contains(method)) {
        boolean takesUnit = Stream.concat(item.path("parameters").valueStream(),
                operation.path("parameters").valueStream())
            .anyMatch(each -> resolved(document, each).path("name").asString().equals("unit"));
        Set<String> reached = new HashSet<>();
        boolean isExport = method.equals("post") && path.endsWith(EXPORTS);
        JsonNode answering = isExport
            ? document.path("paths").path(path.substring(0, path.length() - EXPORTS.length())).path("get") : operation;
        answering.path("responses").forEach(response -> addSchemas(document,
            resolved(document, response).path("content").path("application/json"), reached));
        assertThat(takesUnit).as("%s %s: %s", method, path, new TreeSet<>(reached))
            .isEqualTo(reached.contains("ZeroG"));
      }
    }));
  }

  /** The names of all schemas that are part of one. */
  private static void addSchemas(JsonNode document, JsonNode node, Set<String> reached) {
    String reference = node.isObject() ? node.path("$ref").asString("") : "";
    if (reference.startsWith(SCHEMAS) && reached.add(reference.substring(SCHEMAS.length()))) {
      addSchemas(document, resolved(document, node), reached);
    }
    node.forEach(each -> addSchemas(document, each, reached));
  }
}
