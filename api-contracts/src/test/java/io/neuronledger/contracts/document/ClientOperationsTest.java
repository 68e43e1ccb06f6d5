package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the hand-written parts of the clients know of operations: which reads take the token of a write, and which
 * writes may be sent again when their answer is lost. Both clients read the same file.
 */
class ClientOperationsTest {
  private static final List<String> SERVICES = List.of("ledger-query", "ledger-command", "chain-indexer");
  private static final Set<String> WRITES = Set.of("post", "put", "delete", "patch");

  private static Set<String> known(String list) {
    return new TreeSet<>(Documents.read("/openapi/client-operations.json").path(list).valueStream()
        .map(JsonNode::asString).toList());
  }

  /** All operations of the documents that match, as {@code GET /v1/ledgers/{owner}}. */
  private static Set<String> operations(Matching matching) {
    Set<String> found = new TreeSet<>();
    for (String service : SERVICES) {
      JsonNode document = Documents.read("/openapi/" + service + ".v1.yaml");
      document.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
        if (!method.equals("parameters") && matching.matches(document, method, item, operation)) {
          found.add(method.toUpperCase(Locale.ROOT) + " " + path);
        }
      }));
    }
    return found;
  }

  @FunctionalInterface
  private interface Matching {
    boolean matches(JsonNode document, String method, JsonNode item, JsonNode operation);
  }

  @Test
  void the_token_of_a_write_is_handed_to_each_operation_that_takes_it() {
    assertThat(known("takes_min_token")).hasSizeGreaterThan(30)
        .isEqualTo(operations((document, _, item, operation) -> Stream.of(item, operation)
            .flatMap(each -> each.path("parameters").valueStream())
            .map(each -> each.has("$ref") ? document.at(each.path("$ref").asString().substring(1)) : each)
            .anyMatch(each -> each.path("name").asString().equals("min_token"))));
  }

  @Test
  void of_each_write_it_is_decided_whether_it_may_be_repeated() {
    Set<String> decided = new TreeSet<>(known("repeatable"));
    assertThat(decided).contains("POST /v1/usage", "POST /v1/usage/batch").doesNotContain("POST /v1/keys")
        .doesNotContainAnyElementsOf(known("once"));
    decided.addAll(known("once"));
    assertThat(decided).isEqualTo(operations((_, method, _, _) -> WRITES.contains(method)));
  }
}
