package io.neuronledger.cli.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running service with its published document.
 *
 * @param codes the problem codes in the document
 */
public record Target(String service, int port, List<Operation> operations, Set<String> codes) {
  /**
   * A method of a path.
   *
   * @param tag under which the document lists it
   * @param id its {@code operationId}
   * @param bodied whether it reads a body
   * @param forReports whether it is for the broker of a provider
   * @param open whether nobody is asked for a credential
   */
  public record Operation(String method, String path, String tag, String id, List<Parameter> parameters, boolean bodied,
      boolean forReports, boolean open) {}

  /** @param place {@code path}, {@code query} or {@code header} */
  public record Parameter(String place, String name) {}

  public static Target of(String service, String url) {
    JsonNode document = document("/openapi/" + service + ".v1.yaml");
    List<Operation> operations = new ArrayList<>();
    document.path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) -> {
      if (!method.equals("parameters")) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode declared : List.of(methods.path("parameters"), node.path("parameters"))) {
          declared.forEach(each -> parameters.add(parameter(document, each)));
        }
        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, node.at("/tags/0").asString(),
            node.path("operationId").asString(), parameters, node.has("requestBody"),
            node.path("security").toString().contains("usage:write"),
            node.path("security").isArray() && node.path("security").isEmpty()));
      }
    }));
    Set<String> codes = new HashSet<>();
    document.at("/components/schemas/ProblemCode/enum").forEach(code -> codes.add(code.asString()));
    return new Target(service, URI.create(url).getPort(), operations, codes);
  }

  private static Parameter parameter(JsonNode document, JsonNode declared) {
    JsonNode node = declared.has("$ref") ? document.at(declared.path("$ref").asString().substring(1)) : declared;
    return new Parameter(node.path("in").asString(), node.path("name").asString());
  }

  private static JsonNode document(String resource) {
    try (InputStream in = Objects.requireNonNull(Target.class.getResourceAsStream(resource))) {
      Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return JsonMapper.shared().valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
