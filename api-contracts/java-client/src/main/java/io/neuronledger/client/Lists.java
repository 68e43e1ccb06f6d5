package io.neuronledger.client;

import io.neuronledger.client.command.api.KeysApi;
import io.neuronledger.client.command.api.KeysApi.APIListApiKeysRequest;
import io.neuronledger.client.command.model.ApiKey;
import io.neuronledger.client.command.model.ApiKeysPage;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertRulesRequest;
import io.neuronledger.client.query.api.AlertsApi.APIAlertsRequest;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APIAtRiskRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgersRequest;
import io.neuronledger.client.query.api.BalancesApi.APIRefundsRequest;
import io.neuronledger.client.query.api.ExportsApi;
import io.neuronledger.client.query.api.ExportsApi.APIExportsRequest;
import io.neuronledger.client.query.api.JournalApi;
import io.neuronledger.client.query.api.JournalApi.APIBlockEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntryRequest;
import io.neuronledger.client.query.api.JournalApi.APITransactionEntriesRequest;
import io.neuronledger.client.query.api.PricesApi;
import io.neuronledger.client.query.api.PricesApi.APIModelsRequest;
import io.neuronledger.client.query.api.PricesApi.APIPricesRequest;
import io.neuronledger.client.query.api.ReconciliationApi;
import io.neuronledger.client.query.api.ReconciliationApi.APIReconciliationRequest;
import io.neuronledger.client.query.api.ReconciliationApi.APIReconciliationsRequest;
import io.neuronledger.client.query.api.SettlementsApi;
import io.neuronledger.client.query.api.SettlementsApi.APIDiscrepanciesRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementsRequest;
import io.neuronledger.client.query.api.UsageApi;
import io.neuronledger.client.query.api.UsageApi.APIProvidersRequest;
import io.neuronledger.client.query.api.UsageApi.APIServicesRequest;
import io.neuronledger.client.query.api.UsageApi.APIUsageRequest;
import io.neuronledger.client.query.api.WebhooksApi;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhookDeliveriesRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhookMessagesRequest;
import io.neuronledger.client.query.api.WebhooksApi.APIWebhooksRequest;
import io.neuronledger.client.query.model.Alert;
import io.neuronledger.client.query.model.AlertRule;
import io.neuronledger.client.query.model.AlertRulesPage;
import io.neuronledger.client.query.model.AlertsPage;
import io.neuronledger.client.query.model.AtRiskLine;
import io.neuronledger.client.query.model.AtRiskPage;
import io.neuronledger.client.query.model.DiscrepanciesPage;
import io.neuronledger.client.query.model.Discrepancy;
import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryAnswer;
import io.neuronledger.client.query.model.Export;
import io.neuronledger.client.query.model.ExportsPage;
import io.neuronledger.client.query.model.LedgerLine;
import io.neuronledger.client.query.model.LedgersPage;
import io.neuronledger.client.query.model.ModelLine;
import io.neuronledger.client.query.model.ModelsPage;
import io.neuronledger.client.query.model.OwnedEntriesPage;
import io.neuronledger.client.query.model.OwnedEntry;
import io.neuronledger.client.query.model.OwnedRefund;
import io.neuronledger.client.query.model.Price;
import io.neuronledger.client.query.model.PricesPage;
import io.neuronledger.client.query.model.ProviderLine;
import io.neuronledger.client.query.model.ProvidersPage;
import io.neuronledger.client.query.model.ReconciliationAnswer;
import io.neuronledger.client.query.model.ReconciliationAnswerDifferencesInner;
import io.neuronledger.client.query.model.ReconciliationRun;
import io.neuronledger.client.query.model.ReconciliationsPage;
import io.neuronledger.client.query.model.RefundsPage;
import io.neuronledger.client.query.model.ServiceLine;
import io.neuronledger.client.query.model.ServicesPage;
import io.neuronledger.client.query.model.Settlement;
import io.neuronledger.client.query.model.SettlementAnswer;
import io.neuronledger.client.query.model.SettlementsPage;
import io.neuronledger.client.query.model.UsageEntry;
import io.neuronledger.client.query.model.UsagePage;
import io.neuronledger.client.query.model.UsagePageLine;
import io.neuronledger.client.query.model.Webhook;
import io.neuronledger.client.query.model.WebhookDeliveriesPage;
import io.neuronledger.client.query.model.WebhookDelivery;
import io.neuronledger.client.query.model.WebhookMessage;
import io.neuronledger.client.query.model.WebhookMessagesPage;
import io.neuronledger.client.query.model.WebhooksPage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists as streams: each asks for the next page only once its lines are wanted, and ends with the last page. A filter
 * is that of the operation: {@code lists.settlements(asked -> asked.owner(owner))}. Where a request is refused on the
 * way, the stream ends with its {@link ProblemException}. A page is as of its own block, unless the filter names one.
 */
public final class Lists {
  /** The most that a page has. */
  private static final int LIMIT = 500;

  private final LedgerClient client;

  Lists(LedgerClient client) {
    this.client = client;
  }

  /** Who has a ledger. */
  public Stream<LedgerLine> ledgers(UnaryOperator<APILedgersRequest.Builder> filter) {
    BalancesApi api = new BalancesApi(client.query());
    return pages(() -> filter.apply(APILedgersRequest.newBuilder().limit(LIMIT)),
        APILedgersRequest.Builder::cursor, asked -> api.ledgers(asked.build()),
        LedgersPage::getLedgers, LedgersPage::getNextCursor);
  }

  /** Refunds that wait for their lock, or can be fetched. */
  public Stream<OwnedRefund> refunds(UnaryOperator<APIRefundsRequest.Builder> filter) {
    BalancesApi api = new BalancesApi(client.query());
    return pages(() -> filter.apply(APIRefundsRequest.newBuilder().limit(LIMIT)),
        APIRefundsRequest.Builder::cursor, asked -> api.refunds(asked.build()),
        RefundsPage::getRefunds, RefundsPage::getNextCursor);
  }

  /** Sub-accounts that are refused, or may be soon. */
  public Stream<AtRiskLine> atRisk(UnaryOperator<APIAtRiskRequest.Builder> filter) {
    BalancesApi api = new BalancesApi(client.query());
    return pages(() -> filter.apply(APIAtRiskRequest.newBuilder().limit(LIMIT)),
        APIAtRiskRequest.Builder::cursor, asked -> api.atRisk(asked.build()),
        AtRiskPage::getSubAccounts, AtRiskPage::getNextCursor);
  }

  /** The journal of an owner. */
  public Stream<Entry> entries(UnaryOperator<APIEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(() -> filter.apply(APIEntriesRequest.newBuilder().limit(LIMIT)),
        APIEntriesRequest.Builder::cursor, asked -> api.entries(asked.build()),
        EntriesPage::getEntries, EntriesPage::getNextCursor);
  }

  /** What a transaction has changed. */
  public Stream<OwnedEntry> entriesOfTransaction(UnaryOperator<APITransactionEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(() -> filter.apply(APITransactionEntriesRequest.newBuilder().limit(LIMIT)),
        APITransactionEntriesRequest.Builder::cursor, asked -> api.transactionEntries(asked.build()),
        OwnedEntriesPage::getEntries, OwnedEntriesPage::getNextCursor);
  }

  /** What a block has changed. */
  public Stream<OwnedEntry> entriesOfBlock(UnaryOperator<APIBlockEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(() -> filter.apply(APIBlockEntriesRequest.newBuilder().limit(LIMIT)),
        APIBlockEntriesRequest.Builder::cursor, asked -> api.blockEntries(asked.build()),
        OwnedEntriesPage::getEntries, OwnedEntriesPage::getNextCursor);
  }

  /** The requests that the settlement of an entry covers. */
  public Stream<UsageEntry> requestsOfEntry(UnaryOperator<APIEntryRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(() -> filter.apply(APIEntryRequest.newBuilder().limit(LIMIT)),
        APIEntryRequest.Builder::cursor, asked -> api.entry(asked.build()),
        EntryAnswer::getMatchedRequests, EntryAnswer::getNextCursor);
  }

  /** The reported requests of an owner. */
  public Stream<UsagePageLine> usage(UnaryOperator<APIUsageRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(() -> filter.apply(APIUsageRequest.newBuilder().limit(LIMIT)),
        APIUsageRequest.Builder::cursor, asked -> api.usage(asked.build()),
        UsagePage::getUsage, UsagePage::getNextCursor);
  }

  /** All providers. */
  public Stream<ProviderLine> providers(UnaryOperator<APIProvidersRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(() -> filter.apply(APIProvidersRequest.newBuilder().limit(LIMIT)),
        APIProvidersRequest.Builder::cursor, asked -> api.providers(asked.build()),
        ProvidersPage::getProviders, ProvidersPage::getNextCursor);
  }

  /** All services. */
  public Stream<ServiceLine> services(UnaryOperator<APIServicesRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(() -> filter.apply(APIServicesRequest.newBuilder().limit(LIMIT)),
        APIServicesRequest.Builder::cursor, asked -> api.services(asked.build()),
        ServicesPage::getServices, ServicesPage::getNextCursor);
  }

  /** All models, in the Router's form. */
  public Stream<ModelLine> models(UnaryOperator<APIModelsRequest.Builder> filter) {
    PricesApi api = new PricesApi(client.query());
    return pages(() -> filter.apply(APIModelsRequest.newBuilder().limit(LIMIT)),
        APIModelsRequest.Builder::cursor, asked -> api.models(asked.build()),
        ModelsPage::getData, ModelsPage::getNextCursor);
  }

  /** What providers ask for their services, at a block. */
  public Stream<Price> prices(UnaryOperator<APIPricesRequest.Builder> filter) {
    PricesApi api = new PricesApi(client.query());
    return pages(() -> filter.apply(APIPricesRequest.newBuilder().limit(LIMIT)),
        APIPricesRequest.Builder::cursor, asked -> api.prices(asked.build()),
        PricesPage::getPrices, PricesPage::getNextCursor);
  }

  /** Settlements of all owners. */
  public Stream<Settlement> settlements(UnaryOperator<APISettlementsRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(() -> filter.apply(APISettlementsRequest.newBuilder().limit(LIMIT)),
        APISettlementsRequest.Builder::cursor, asked -> api.settlements(asked.build()),
        SettlementsPage::getSettlements, SettlementsPage::getNextCursor);
  }

  /** The requests that a settlement covers. */
  public Stream<UsageEntry> requestsOfSettlement(UnaryOperator<APISettlementRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(() -> filter.apply(APISettlementRequest.newBuilder().limit(LIMIT)),
        APISettlementRequest.Builder::cursor, asked -> api.settlement(asked.build()),
        SettlementAnswer::getMatchedRequests, SettlementAnswer::getNextCursor);
  }

  /** Discrepancies. */
  public Stream<Discrepancy> discrepancies(UnaryOperator<APIDiscrepanciesRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(() -> filter.apply(APIDiscrepanciesRequest.newBuilder().limit(LIMIT)),
        APIDiscrepanciesRequest.Builder::cursor, asked -> api.discrepancies(asked.build()),
        DiscrepanciesPage::getDiscrepancies, DiscrepanciesPage::getNextCursor);
  }

  /** Comparisons with the contracts. */
  public Stream<ReconciliationRun> reconciliations(UnaryOperator<APIReconciliationsRequest.Builder> filter) {
    ReconciliationApi api = new ReconciliationApi(client.query());
    return pages(() -> filter.apply(APIReconciliationsRequest.newBuilder().limit(LIMIT)),
        APIReconciliationsRequest.Builder::cursor, asked -> api.reconciliations(asked.build()),
        ReconciliationsPage::getRuns, ReconciliationsPage::getNextCursor);
  }

  /** What a comparison has found. */
  public Stream<ReconciliationAnswerDifferencesInner> differencesOfReconciliation(
      UnaryOperator<APIReconciliationRequest.Builder> filter) {
    ReconciliationApi api = new ReconciliationApi(client.query());
    return pages(() -> filter.apply(APIReconciliationRequest.newBuilder().limit(LIMIT)),
        APIReconciliationRequest.Builder::cursor, asked -> api.reconciliation(asked.build()),
        ReconciliationAnswer::getDifferences, ReconciliationAnswer::getNextCursor);
  }

  /** The rules of the caller. */
  public Stream<AlertRule> alertRules(UnaryOperator<APIAlertRulesRequest.Builder> filter) {
    AlertsApi api = new AlertsApi(client.query());
    return pages(() -> filter.apply(APIAlertRulesRequest.newBuilder().limit(LIMIT)),
        APIAlertRulesRequest.Builder::cursor, asked -> api.alertRules(asked.build()),
        AlertRulesPage::getRules, AlertRulesPage::getNextCursor);
  }

  /** The history of alerts, or what holds now. */
  public Stream<Alert> alerts(UnaryOperator<APIAlertsRequest.Builder> filter) {
    AlertsApi api = new AlertsApi(client.query());
    return pages(() -> filter.apply(APIAlertsRequest.newBuilder().limit(LIMIT)),
        APIAlertsRequest.Builder::cursor, asked -> api.alerts(asked.build()),
        AlertsPage::getAlerts, AlertsPage::getNextCursor);
  }

  /** The webhooks of the caller. */
  public Stream<Webhook> webhooks(UnaryOperator<APIWebhooksRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(() -> filter.apply(APIWebhooksRequest.newBuilder().limit(LIMIT)),
        APIWebhooksRequest.Builder::cursor, asked -> api.webhooks(asked.build()),
        WebhooksPage::getWebhooks, WebhooksPage::getNextCursor);
  }

  /** What a webhook has to send, or has given up. */
  public Stream<WebhookMessage> messagesOfWebhook(UnaryOperator<APIWebhookMessagesRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(() -> filter.apply(APIWebhookMessagesRequest.newBuilder().limit(LIMIT)),
        APIWebhookMessagesRequest.Builder::cursor, asked -> api.webhookMessages(asked.build()),
        WebhookMessagesPage::getMessages, WebhookMessagesPage::getNextCursor);
  }

  /** The attempts of a webhook. */
  public Stream<WebhookDelivery> deliveriesOfWebhook(UnaryOperator<APIWebhookDeliveriesRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(() -> filter.apply(APIWebhookDeliveriesRequest.newBuilder().limit(LIMIT)),
        APIWebhookDeliveriesRequest.Builder::cursor, asked -> api.webhookDeliveries(asked.build()),
        WebhookDeliveriesPage::getDeliveries, WebhookDeliveriesPage::getNextCursor);
  }

  /** The exports of the caller that are kept. */
  public Stream<Export> exports(UnaryOperator<APIExportsRequest.Builder> filter) {
    ExportsApi api = new ExportsApi(client.query());
    return pages(() -> filter.apply(APIExportsRequest.newBuilder().limit(LIMIT)),
        APIExportsRequest.Builder::cursor, asked -> api.exports(asked.build()),
        ExportsPage::getExports, ExportsPage::getNextCursor);
  }

  /** API keys of services. */
  public Stream<ApiKey> apiKeys(UnaryOperator<APIListApiKeysRequest.Builder> filter) {
    KeysApi api = new KeysApi(client.command());
    return pages(() -> filter.apply(APIListApiKeysRequest.newBuilder().limit(LIMIT)),
        APIListApiKeysRequest.Builder::cursor, asked -> api.listApiKeys(asked.build()),
        ApiKeysPage::getKeys, ApiKeysPage::getNextCursor);
  }

  /**
   * @param filter the first page's request, made anew for each page
   * @param at adds the cursor of a further page
   * @param next the cursor of the page after, which the last one has not
   */
  private static <B, P, L> Stream<L> pages(Supplier<B> filter, BiFunction<B, String, B> at, Function<B, P> page,
      Function<P, List<L>> lines, Function<P, @Nullable String> next) {
    return pages(cursor -> page.apply(cursor.map(each -> at.apply(filter.get(), each)).orElseGet(filter)), next)
        .flatMap(each -> lines.apply(each).stream());
  }

  /**
   * The pages of a list, for who wants more of them than their lines: each is asked for once it is wanted. A list that
   * goes round in circles ends with an {@link IllegalStateException}.
   *
   * @param page asks for the page at a cursor; the first one has none
   * @param next the cursor of the page after, which the last one has not
   */
  public static <P> Stream<P> pages(Function<Optional<String>, P> page, Function<P, @Nullable String> next) {
    return StreamSupport.stream(new Pages<>(page, next), false);
  }

  private static final class Pages<P> extends Spliterators.AbstractSpliterator<P> {
    private final Function<Optional<String>, P> page;
    private final Function<P, @Nullable String> next;
    private final Set<String> read = new HashSet<>();
    private Optional<String> cursor = Optional.empty();
    private boolean ended;

    Pages(Function<Optional<String>, P> page, Function<P, @Nullable String> next) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.page = page;
      this.next = next;
    }

    /** A page without lines is not the last one, as long as it has a cursor. */
    @Override
    public boolean tryAdvance(Consumer<? super P> action) {
      if (ended) {
        return false;
      }
      P answer = page.apply(cursor);
      Optional<String> following = Optional.ofNullable(next.apply(answer));
      if (following.isPresent() && following.equals(cursor)) {
        throw new IllegalStateException("a page names itself as the next one: " + cursor.get());
      }
      if (following.isPresent() && !read.add(following.get())) {
        throw new IllegalStateException("a page names one that was read before as the next one: " + following.get());
      }
      cursor = following;
      ended = following.isEmpty();
      action.accept(answer);
      return true;
    }
  }
}
