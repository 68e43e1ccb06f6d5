package io.neuronledger.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the client has to know of the services' operations; the file stands beside the OpenAPI documents. */
final class Operations {
  private static final String FILE = "/openapi/client-operations.json";
  private static final JsonNode KNOWN = read();
  private static final Pattern TAKES_MIN_TOKEN = any("takes_min_token");
  private static final Pattern REPEATABLE = any("repeatable");
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private Operations() {}

  private static JsonNode read() {
    try (InputStream file = Operations.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the class path lacks " + FILE + " of api-contracts");
      }
      return JsonMapper.shared().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern any(String list) {
    return Pattern.compile(KNOWN.path(list).valueStream().map(JsonNode::asString)
        .map(each -> Pattern.compile("\\{[^}]+}").splitAsStream(each).map(Pattern::quote)
            .collect(Collectors.joining("[^/]+", "", each.endsWith("}") ? "[^/]+" : "")))
        .collect(Collectors.joining("|")));
  }

  /**
   * The path of an operation, as the documents have it but for its values, which are percent-encoded.
   *
   * @param prefix the path of the service's address, percent-encoded; empty where it has none
   * @throws IllegalArgumentException if the request is not below it: nothing is known of it
   */
  static String path(String prefix, URI asked) {
    String path = asked.getRawPath();
    if (!path.startsWith(prefix + "/")) {
      throw new IllegalArgumentException(asked + " is not below the service's address, whose path is " + prefix);
    }
    return path.substring(prefix.length());
  }

  /** Whether the operation waits for a write by its token. */
  static boolean takesMinToken(String method, String path) {
    return TAKES_MIN_TOKEN.matcher(method + " " + path).matches();
  }

  /** Whether the request may be sent again when nobody knows whether it was done: it counts once. */
  static boolean isRepeatable(String method, String path) {
    return SAFE.contains(method) || REPEATABLE.matcher(method + " " + path).matches();
  }
}
