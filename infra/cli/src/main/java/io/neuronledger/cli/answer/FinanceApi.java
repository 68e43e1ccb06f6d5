package io.neuronledger.cli.answer;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.contracts.view.usage.UsageReceipts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A client for brokers and finance over HTTP: reports usage to ledger-command, reads reports from ledger-query. */
public final class FinanceApi {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final int OK = 200;

  private final Function<WalletAddress, LedgerApi> brokers;
  private final LedgerApi query;

  /**
   * @param brokers ledger-command, asked as the broker of a provider
   * @param query ledger-query, asked as finance
   */
  public FinanceApi(Function<WalletAddress, LedgerApi> brokers, LedgerApi query) {
    this.brokers = brokers;
    this.query = query;
  }

  /** Reports requests, those of each provider in one batch, and returns the receipts in the order of the batches. */
  public UsageReceipts report(List<UsageReport> requests) {
    List<UsageReceipts> batches = requests.stream()
        .collect(Collectors.groupingBy(UsageReport::provider, LinkedHashMap::new, Collectors.toList())).entrySet()
        .stream().map(batch -> report(brokers.apply(batch.getKey()), batch.getValue())).toList();
    return UsageReceipts.of(batches.stream().flatMap(each -> each.receipts().stream()).toList(),
        batches.stream().flatMap(each -> each.token().stream()).reduce(WriteToken::and));
  }

  private static UsageReceipts report(LedgerApi command, List<UsageReport> requests) {
    LedgerApi.Answer response = command.post("/v1/usage/batch", JSON.writeValueAsString(requests));
    if (response.statusCode() != OK) {
      throw new IllegalStateException(response.uri() + " answers " + response.statusCode() + ": " + response.body());
    }
    return JSON.readValue(response.body(), UsageReceipts.class);
  }

  /** Returns a provider's row of the report over all time, once the block is sealed and the reports are seen. */
  public PeriodRow row(WalletAddress provider, long minBlock, WriteToken reported) {
    JsonNode report = query.getOk("/v1/reports/settlement?wait=30&min_block=" + minBlock + "&min_token=" + reported
        + "&provider=" + provider);
    return JSON.treeToValue(report.at("/rows/0"), PeriodRow.class);
  }

  /**
   * The report over all time and all providers.
   *
   * @param checksum the checksum of the rows
   */
  public record Report(long block, List<PeriodRow> rows, String checksum) {
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /** Returns the report once the block is sealed. */
  public Report report(long minBlock) {
    JsonNode report = query.getOk("/v1/reports/settlement?wait=30&min_block=" + minBlock);
    List<PeriodRow> rows =
        report.get("rows").valueStream().map(row -> JSON.treeToValue(row, PeriodRow.class)).toList();
    if (rows.size() != report.get("row_count").asInt()) {
      throw new IllegalStateException("the report is incomplete: " + rows.size() + " rows");
    }
    return new Report(report.at("/as_of/block").asLong(), rows, report.get("checksum").asString());
  }
}
