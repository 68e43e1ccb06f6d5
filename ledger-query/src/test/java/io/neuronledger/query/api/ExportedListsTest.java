package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every list and report of the document has an export, with its filters and its rule. */
class ExportedListsTest {
  private static final String SUFFIX = "/exports";
  /** Lists that have no export, each with the reason. */
  private static final Map<String, String> NOT_EXPORTED = Map.of(
      "/v1/entries/{entry}", "one entry's story; its requests are those of the settlement",
      "/v1/account/usage/history", "the Router's form of the usage",
      "/v1/alerts", "a topic has all of them, as of no block",
      "/v1/alert-rules", "what callers have made, as of no block",
      "/v1/webhooks", "what callers have made, as of no block",
      "/v1/webhooks/{id}/messages", "of a webhook, as of no block",
      "/v1/webhooks/{id}/deliveries", "of a webhook, as of no block",
      "/v1/access-log", "a topic with positions of its own, as of no block",
      "/v1/exports", "the caller's own exports, which expire, each as of its own block");
  private static final Set<String> REPORTS = Set.of("/v1/reports/settlement", "/v1/totals");
  /** What chooses a page, an order or a form, and no rows. */
  private static final Set<String> NO_FILTERS = Set.of("limit", "cursor", "order", "count");

  private final ApiDocument document = new ApiDocument();

  @Test
  void every_list_has_an_export() {
    Set<String> lists = new TreeSet<>();
    for (ApiDocument.Operation each : document.operations()) {
      boolean isList = each.names("query").contains("cursor") || each.names("query").contains("limit");
      if (each.method().equals("GET") && (isList || REPORTS.contains(each.path()))) {
        lists.add(each.path());
      }
    }
    assertThat(lists).containsAll(NOT_EXPORTED.keySet()).hasSizeGreaterThan(15);
    lists.removeAll(NOT_EXPORTED.keySet());
    Set<String> exported = new TreeSet<>();
    exports().forEach(each -> exported.add(listOf(each)));
    assertThat(exported).isEqualTo(lists);
  }

  @Test
  void an_export_has_the_filters_and_the_rule_of_its_list() {
    for (ApiDocument.Operation export : exports()) {
      ApiDocument.Operation list = document.operation("GET", listOf(export));
      Set<String> filters = new HashSet<>(list.names("query"));
      filters.removeAll(NO_FILTERS);
      filters.add("format");
      assertThat(export.names("query")).as(export.toString()).isEqualTo(filters);
      assertThat(export.names("path")).as(export.toString()).isEqualTo(list.names("path"));
      assertThat(export.node().path("security")).as(export.toString()).isEqualTo(list.node().path("security"));
    }
  }

  private List<ApiDocument.Operation> exports() {
    return document.operations().stream()
        .filter(each -> each.method().equals("POST") && each.path().endsWith(SUFFIX)).toList();
  }

  private static String listOf(ApiDocument.Operation export) {
    return export.path().substring(0, export.path().length() - SUFFIX.length());
  }
}
