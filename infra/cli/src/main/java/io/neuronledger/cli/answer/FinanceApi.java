package io.neuronledger.cli.answer;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.contracts.view.price.QuotesAnswer;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.contracts.view.usage.UsageReceipts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client for brokers and finance over HTTP: reports usage to ledger-command, reads reports from ledger-query. */
public final class FinanceApi {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

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
    return JSON.treeToValue(command.postOk("/v1/usage/batch", JSON.writeValueAsString(requests)), UsageReceipts.class);
  }

  /** Returns a provider's row of the report over all time, once the block is sealed and the reports are seen. */
  public PeriodRow row(WalletAddress provider, long minBlock, WriteToken reported) {
    JsonNode report = query.getOk("/v1/reports/settlement?wait=30&min_block=" + minBlock + "&min_token=" + reported
        + "&provider=" + provider);
    return JSON.treeToValue(report.at("/rows/0"), PeriodRow.class);
  }

  /** Returns the provider's price in force at a block, for the model. */
  public PriceView price(WalletAddress provider, ModelName model, long block) {
    PricesPage page = JSON.treeToValue(
        query.getOk("/v1/prices?at_block=" + block + "&provider=" + provider + "&model=" + model), PricesPage.class);
    if (page.prices().size() != 1) {
      throw new IllegalStateException(provider + " has " + page.prices().size() + " prices for " + model);
    }
    return page.prices().getFirst();
  }

  /** Returns what a request with the same units costs with the same provider, at the prices in force at a block. */
  public Neuron quote(UsageReport request, long block) {
    ObjectNode body = JSON.createObjectNode().put("model", request.model().value());
    switch (request.units()) {
      case Units.Tokens tokens -> body.put("input_tokens", tokens.input()).put("cached_tokens", tokens.cachedInput())
          .put("output_tokens", tokens.output());
      case Units.Images images -> body.put("images", images.count());
      case Units.Seconds seconds -> body.put("seconds", seconds.count());
      case Units.Priced _, Units.Unpriced _ -> throw new IllegalArgumentException("no quote for lines of units");
    }
    JsonNode answer = query.postOk("/v1/prices/quote?at_block=" + block, body.toString());
    return JSON.treeToValue(answer, QuotesAnswer.class).quotes().stream()
        .filter(each -> each.provider().equals(request.provider())).findFirst()
        .flatMap(QuotesAnswer.Quote::fee).orElseThrow(() -> new IllegalStateException("no fee in " + answer));
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
