package io.neuronledger.query.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The examples of the document are of a real run; those of CSV are the same statements as those of JSON. */
class StatementExamplesTest {
  private static final JsonNode DOCUMENT = document();

  private static JsonNode document() {
    try (InputStream stream = Objects.requireNonNull(
        StatementExamplesTest.class.getResourceAsStream("/openapi/ledger-query.v1.yaml"))) {
      return new YAMLMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode example(String path, String form) {
    return DOCUMENT.path("paths").path(path).at("/get/responses/200/content").path(form)
        .at("/examples/november/value");
  }

  private static <T> T statement(String path, Class<T> type) {
    return TopicJson.MAPPER.treeToValue(example(path, "application/json"), type);
  }

  @Test
  void a_wallets_csv_is_that_of_its_json() {
    String path = "/v1/ledgers/{owner}/statement";
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    StatementCsv.write(statement(path, StatementAnswer.class), csv);
    assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo(example(path, "text/csv").asString());
  }

  @Test
  void a_providers_csv_is_that_of_its_json() {
    String path = "/v1/providers/{provider}/statement";
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ProviderCsv.write(statement(path, ProviderStatementAnswer.class), csv);
    assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo(example(path, "text/csv").asString());
  }
}
