package io.neuronledger.foundation.access.rule;

import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.rule.AccessRule.Operation;
import io.neuronledger.foundation.access.rule.AccessRule.OwnerParameter;
import io.neuronledger.foundation.access.rule.AccessRule.Place;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * The rules of all operations of a service: those of its published OpenAPI document, by the {@code security} of each,
 * and those of the actuator and of the documents themselves. What has no rule cannot be called.
 */
public final class AccessRules {
  /** The one security scheme of the documents; its roles are scopes. */
  private static final String SCHEME = "bearer";
  private static final String BOUND_TO = "x-bound-to";
  /** Marks an operation whose path names an object with the rows of all owners. */
  private static final String OF_ALL_OWNERS = "x-of-all-owners";
  private static final String OWNER = "owner";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options",
      "trace");
  private static final PathPatternParser PATHS = PathPatternParser.defaultInstance;
  /**
   * For a load balancer or a container platform, which have no credential; they show no details. And the documents,
   * which are read before there is one.
   */
  private static final List<String> OPEN = List.of("/actuator/health/liveness", "/actuator/health/readiness",
      "/openapi.yaml", "/docs", "/docs/{file}", "/problems", "/problems/{code}");
  /** Of whatever a setting exposes, these are documented. */
  private static final List<String> METRICS = List.of("/actuator/health", "/actuator/prometheus");

  private final String document;
  private final List<AccessRule> rules;

  private AccessRules(String document, List<AccessRule> rules) {
    this.document = document;
    this.rules = rules.stream().sorted(Comparator.comparing(AccessRule::path)).toList();
  }

  /**
   * @param resource the document on the class path, YAML
   * @throws IllegalArgumentException for an operation without {@code security}, with an unknown scheme or scope, one
   *     that accepts a bound scope without a parameter to compare, or a parameter that is bound to something unknown
   */
  public static AccessRules ofDocument(String resource) {
    return ofDocument(resource, List.of());
  }

  /**
   * The same, and pages that everybody may GET.
   *
   * @param pages patterns of paths that are not in the document
   */
  public static AccessRules ofDocument(String resource, List<String> pages) {
    List<AccessRule> rules = new ArrayList<>(undocumented(pages));
    JsonNode document = read(resource);
    document.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
      if (METHODS.contains(method)) {
        rules.add(ofOperation(document, path, method.toUpperCase(Locale.ROOT), item, operation));
      }
    }));
    return new AccessRules(resource, rules);
  }

  private static List<AccessRule> undocumented(List<String> pages) {
    List<AccessRule> rules = new ArrayList<>();
    Stream.concat(OPEN.stream(), pages.stream()).forEach(path -> rules.add(undocumented(path, true, List.of())));
    METRICS.forEach(path -> rules.add(undocumented(path, false, List.of(Set.of(Scope.METRICS_READ)))));
    return rules;
  }

  private static AccessRule undocumented(String path, boolean isOpen, List<Set<Scope>> alternatives) {
    return new AccessRule(new Operation(path, "GET", false), PATHS.parse(path), isOpen, alternatives, List.of(),
        List.of());
  }

  private static AccessRule ofOperation(JsonNode document, String path, String method, JsonNode item,
      JsonNode operation) {
    JsonNode security = operation.path("security");
    if (!security.isArray()) {
      throw new IllegalArgumentException(method + " " + path + " has no security");
    }
    List<Set<Scope>> alternatives = new ArrayList<>();
    for (JsonNode alternative : security) {
      if (alternative.size() != 1 || !alternative.path(SCHEME).isArray()) {
        throw new IllegalArgumentException(method + " " + path + " has a security other than " + SCHEME);
      }
      Set<Scope> scopes = new HashSet<>();
      alternative.path(SCHEME).forEach(scope -> scopes.add(Scope.of(scope.asString())));
      alternatives.add(scopes);
    }
    List<OwnerParameter> bound = owners(document, item, operation, parameter -> parameter.has(BOUND_TO));
    List<OwnerParameter> named = owners(document, item, operation,
        parameter -> parameter.has(BOUND_TO) || parameter.path("name").asString().equals(OWNER));
    Operation described = new Operation(operation.path("operationId").asString(), method,
        operation.path(OF_ALL_OWNERS).asBoolean(false));
    return new AccessRule(described, PATHS.parse(path), alternatives.isEmpty(), alternatives, bound, named);
  }

  /** Parameters of the path and of the operation that name an owner. */
  private static List<OwnerParameter> owners(JsonNode document, JsonNode item, JsonNode operation,
      Predicate<JsonNode> isOne) {
    List<OwnerParameter> found = new ArrayList<>();
    for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : parameters) {
        JsonNode parameter = each.has("$ref") ? document.at(each.path("$ref").asString().substring(1)) : each;
        if (parameter.has(BOUND_TO) && !parameter.path(BOUND_TO).equals(StringNode.valueOf(OWNER))) {
          throw new IllegalArgumentException(parameter.path("name") + " is bound to something other than the owner: "
              + parameter.path(BOUND_TO));
        }
        if (isOne.test(parameter)) {
          found.add(new OwnerParameter(Place.valueOf(parameter.path("in").asString().toUpperCase(Locale.ROOT)),
              parameter.path("name").asString()));
        }
      }
    }
    return found;
  }

  private static JsonNode read(String resource) {
    try (InputStream in = AccessRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no document " + resource);
      }
      // SnakeYAML comes with Spring Boot, which reads the settings with it; this constructor makes plain values only.
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      return JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(options)).load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rule of a request, as the controllers' paths would match it; empty if its path or method has none. */
  Optional<AccessRule> of(HttpServletRequest request) {
    PathContainer path = path(request);
    return rules.stream().filter(rule -> rule.accepts(request.getMethod()) && rule.matches(path)).findFirst();
  }

  /** The methods that the path of a request has; none if there is nothing at the path. */
  Set<String> methods(HttpServletRequest request) {
    PathContainer path = path(request);
    Set<String> methods = new TreeSet<>();
    rules.stream().filter(rule -> rule.matches(path)).forEach(rule -> methods.add(rule.method()));
    return methods;
  }

  /** The document on the class path. */
  public String document() {
    return document;
  }

  /** The operations, each as a method and the pattern of its path. */
  public List<String> operations() {
    return rules.stream().map(rule -> rule.method() + " " + rule.path().getPatternString()).toList();
  }

  /** The methods of all operations in upper case, with HEAD where there is GET. */
  public Set<String> methods() {
    Set<String> methods = new TreeSet<>();
    for (AccessRule rule : rules) {
      METHODS.stream().map(method -> method.toUpperCase(Locale.ROOT)).filter(rule::accepts).forEach(methods::add);
    }
    return methods;
  }

  List<AccessRule> all() {
    return rules;
  }

  /** Parsed as the dispatcher parses it, from the undecoded request line. */
  static PathContainer path(HttpServletRequest request) {
    try {
      return ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
    } finally {
      ServletRequestPathUtils.clearParsedRequestPath(request);
    }
  }
}
