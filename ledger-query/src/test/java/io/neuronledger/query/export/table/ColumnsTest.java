package io.neuronledger.query.export.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.contracts.view.price.ModelsPage;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.reconciliation.ReconciliationAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationRun;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsagePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The columns are the properties that the document promises of a list's objects: none is lost, none is new. */
class ColumnsTest {
  /** The record of the lines of each list that has an export, by its place in the document's schemas. */
  static final Map<String, Class<?>> LINES = Map.ofEntries(Map.entry("LedgerLine", LedgersPage.Line.class),
      Map.entry("OwnedRefund", RefundsPage.Line.class), Map.entry("ProviderLine", ProvidersPage.Line.class),
      Map.entry("ServiceLine", ServicesPage.Line.class), Map.entry("ModelLine", ModelsPage.Line.class),
      Map.entry("TotalsAnswer/properties/days/items", TotalsAnswer.Day.class),
      Map.entry("Discrepancy", DiscrepancyView.class), Map.entry("Entry", EntryView.class),
      Map.entry("OwnedEntry", OwnedEntriesPage.Line.class),
      Map.entry("ReconciliationAnswer/properties/differences/items", ReconciliationAnswer.Difference.class),
      Map.entry("ReconciliationRun", ReconciliationRun.class),
      Map.entry("Settlement", SettlementView.class), Map.entry("UsageEntry", UsageEntry.class),
      Map.entry("UsagePageLine", UsagePage.Line.class), Map.entry("AtRiskLine", AtRiskPage.Line.class),
      Map.entry("Price", PriceView.class));

  private static final Pattern EXPORT =
      Pattern.compile("exportJobs\\.begin(?:Report)?\\(\\w+, ([\\w.]+)\\.class,");

  private final JsonNode document = document();

  private static JsonNode document() {
    try (InputStream in = Objects.requireNonNull(
        ColumnsTest.class.getResourceAsStream("/openapi/ledger-query.v1.yaml"))) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void they_are_those_of_the_document() {
    new TreeMap<>(LINES).forEach((schema, line) -> {
      Set<String> promised = new TreeSet<>();
      add(document.at("/components/schemas/" + schema), "", Set.of(), promised);
      assertThat(Columns.of(line, true).stream().map(Column::name)).as(schema)
          .containsExactlyInAnyOrderElementsOf(promised);
      promised.removeIf(name -> name.endsWith("_0g"));
      assertThat(Columns.of(line, false).stream().map(Column::name)).as(schema)
          .containsExactlyInAnyOrderElementsOf(promised);
    });
  }

  /** Lists are one column each; so is what is within itself. */
  private void add(JsonNode given, String name, Set<String> within, Set<String> found) {
    String reference = given.path("$ref").asString("");
    if (within.contains(reference) && !reference.isEmpty()) {
      found.add(name);
      return;
    }
    JsonNode schema = reference.isEmpty() ? given : document.at(reference.substring(1));
    Set<String> around = new TreeSet<>(within);
    around.add(reference);
    schema.path("oneOf").forEach(each -> add(each, name, around, found));
    schema.path("allOf").forEach(each -> add(each, name, around, found));
    schema.path("properties").forEachEntry((property, value) ->
        add(value, name.isEmpty() ? property : name + "_" + property, around, found));
    if (!schema.has("oneOf") && !schema.has("allOf") && !schema.has("properties")) {
      found.add(name);
    }
  }

  /**
   * By the sources: which record an export has is in the code of its controller alone. The lines of the settlement
   * report are those of its CSV, in no JSON: ClosedMonthIT.
   */
  @Test
  void every_list_is_named_here() throws IOException {
    Set<String> exported = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(each -> each.toString().endsWith("Controller.java")).toList()) {
        EXPORT.matcher(Files.readString(source)).results().forEach(found -> exported.add(found.group(1)));
      }
    }
    assertThat(exported.remove("ReportLine")).isTrue();
    assertThat(exported).containsExactlyInAnyOrderElementsOf(LINES.values().stream()
        .map(line -> line.getCanonicalName().substring(line.getPackageName().length() + 1)).toList());
  }

  @Test
  void an_amount_is_followed_by_the_same_in_0g() {
    assertThat(Columns.of(LedgersPage.Line.class, true)).extracting(Column::name).containsExactly("owner",
        "quarantined", "state", "available", "available_0g", "locked", "locked_0g", "total", "total_0g");
    assertThat(Columns.of(LedgersPage.Line.class, true)).extracting(Column::kind).startsWith(Column.Kind.TEXT,
        Column.Kind.TEXT, Column.Kind.TEXT, Column.Kind.AMOUNT, Column.Kind.ZERO_G);
  }

  @Test
  void an_object_within_is_several_columns_and_each_kind_of_it_adds_its_own() {
    assertThat(Columns.of(UsagePage.Line.class, false)).extracting(Column::name).containsExactly("request_id", "owner",
        "provider", "service", "model", "source", "api_key_id", "units_kind", "units_input", "units_cached_input",
        "units_output", "units_input_price", "units_cached_input_price", "units_output_price", "units_count",
        "units_price", "units_lines", "pricing", "fee",
        "when", "recorded_at", "replaces", "state", "set_apart", "reversal_reason",
        "reversal_replaced_by", "reversal_by", "reversal_at", "assigned", "price_check_state", "price_check_reason",
        "price_check_published_input_price", "price_check_published_cached_input_price",
        "price_check_published_output_price", "price_check_published_tier", "price_check_published_since");
  }
}
