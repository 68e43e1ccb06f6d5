package io.neuronledger.command.scene;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published document of the service, and whether an answer is what it says. */
final class ApiDocument {
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(),
      registry -> registry.schemaRegistryConfig(
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private static final JsonNode DOCUMENT = read();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private ApiDocument() {}

  private static JsonNode read() {
    try (InputStream in = Objects.requireNonNull(
        ApiDocument.class.getResourceAsStream("/openapi/ledger-command.v1.yaml"))) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the answer; nothing where it is as the document says. */
  static List<String> faults(String method, String path, Http.Answer answer) {
    JsonNode operation = operation(method, path);
    if (operation.isMissingNode()) {
      return answer.status() >= 400 ? List.of() : List.of("the document has no " + method + " " + path);
    }
    JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
    JsonNode resolved =
        response.has("$ref") ? DOCUMENT.at(response.path("$ref").asString().substring(1)) : response;
    String mediaType = answer.contentType().split(";", 2)[0];
    JsonNode schema = resolved.path("content").path(mediaType).path("schema");
    return schema.isMissingNode()
        ? List.of("the document has no " + method + " " + path + " " + answer.status() + " " + mediaType)
        : SCHEMAS.computeIfAbsent(schema.toString(), _ -> whole(schema)).validate(answer.body()).stream()
            .map(Object::toString).toList();
  }

  private static JsonNode operation(String method, String path) {
    return DOCUMENT.path("paths").properties().stream().filter(each -> matches(each.getKey(), path)).findFirst()
        .map(Map.Entry::getValue).orElse(DOCUMENT.path("nothing")).path(method.toLowerCase(Locale.ROOT));
  }

  private static boolean matches(String template, String path) {
    return path.matches(List.of(template.split("\\{[a-z_]+}", -1)).stream().map(Pattern::quote)
        .collect(Collectors.joining("[^/]+")));
  }

  private static Schema whole(JsonNode schema) {
    ObjectNode whole = ((ObjectNode) schema).deepCopy();
    whole.set("components", DOCUMENT.path("components"));
    return REGISTRY.getSchema(whole);
  }
}
