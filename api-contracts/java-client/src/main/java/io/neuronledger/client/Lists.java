package io.neuronledger.client;

import io.neuronledger.client.command.api.KeysApi;
import io.neuronledger.client.command.api.KeysApi.APIListApiKeysRequest;
import io.neuronledger.client.command.model.ApiKey;
import io.neuronledger.client.command.model.ApiKeysPage;
import io.neuronledger.client.query.api.AlertsApi;
import io.neuronledger.client.query.api.AlertsApi.APIAlertRulesRequest;
import io.neuronledger.client.query.api.AlertsApi.APIAlertsRequest;
import io.neuronledger.client.query.api.BalancesApi;
import io.neuronledger.client.query.api.BalancesApi.APILedgersRequest;
import io.neuronledger.client.query.api.BalancesApi.APIRefundsRequest;
import io.neuronledger.client.query.api.ExportsApi;
import io.neuronledger.client.query.api.ExportsApi.APIExportsRequest;
import io.neuronledger.client.query.api.JournalApi;
import io.neuronledger.client.query.api.JournalApi.APIBlockEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntryRequest;
import io.neuronledger.client.query.api.JournalApi.APITransactionEntriesRequest;
import io.neuronledger.client.query.api.ReconciliationApi;
import io.neuronledger.client.query.api.ReconciliationApi.APIReconciliationRequest;
import io.neuronledger.client.query.api.ReconciliationApi.APIReconciliationsRequest;
import io.neuronledger.client.query.api.SettlementsApi;
import io.neuronledger.client.query.api.SettlementsApi.APIDiscrepanciesRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementsRequest;
import io.neuronledger.client.query.api.UsageApi;
import io.neuronledger.client.query.api.UsageApi.APIModelsRequest;
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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lists as streams: each asks for the next page only once its lines are wanted, and ends with the last page. A filter is
 * that of the operation: {@code lists.settlements(asked -> asked.owner(owner))}. Where a request is refused on the way,
 * the stream ends with its {@link ProblemException}. A page is as of its own block, unless the filter names one.
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
    return pages(cursor -> api.ledgers(asked(APILedgersRequest.newBuilder().limit(LIMIT), filter, cursor,
        APILedgersRequest.Builder::cursor).build()), LedgersPage::getLedgers, LedgersPage::getNextCursor);
  }

  /** Refunds that wait for their lock, or can be fetched. */
  public Stream<OwnedRefund> refunds(UnaryOperator<APIRefundsRequest.Builder> filter) {
    BalancesApi api = new BalancesApi(client.query());
    return pages(cursor -> api.refunds(asked(APIRefundsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIRefundsRequest.Builder::cursor).build()), RefundsPage::getRefunds, RefundsPage::getNextCursor);
  }

  /** The journal of an owner. */
  public Stream<Entry> entries(UnaryOperator<APIEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(cursor -> api.entries(asked(APIEntriesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIEntriesRequest.Builder::cursor).build()), EntriesPage::getEntries, EntriesPage::getNextCursor);
  }

  /** What a transaction has changed. */
  public Stream<OwnedEntry> entriesOfTransaction(UnaryOperator<APITransactionEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(cursor -> api.transactionEntries(asked(APITransactionEntriesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APITransactionEntriesRequest.Builder::cursor).build()), OwnedEntriesPage::getEntries, OwnedEntriesPage::getNextCursor);
  }

  /** What a block has changed. */
  public Stream<OwnedEntry> entriesOfBlock(UnaryOperator<APIBlockEntriesRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(cursor -> api.blockEntries(asked(APIBlockEntriesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIBlockEntriesRequest.Builder::cursor).build()), OwnedEntriesPage::getEntries, OwnedEntriesPage::getNextCursor);
  }

  /** The requests that the settlement of an entry covers. */
  public Stream<UsageEntry> requestsOfEntry(UnaryOperator<APIEntryRequest.Builder> filter) {
    JournalApi api = new JournalApi(client.query());
    return pages(cursor -> api.entry(asked(APIEntryRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIEntryRequest.Builder::cursor).build()), EntryAnswer::getMatchedRequests, EntryAnswer::getNextCursor);
  }

  /** The reported requests of an owner. */
  public Stream<UsagePageLine> usage(UnaryOperator<APIUsageRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(cursor -> api.usage(asked(APIUsageRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIUsageRequest.Builder::cursor).build()), UsagePage::getUsage, UsagePage::getNextCursor);
  }

  /** All providers. */
  public Stream<ProviderLine> providers(UnaryOperator<APIProvidersRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(cursor -> api.providers(asked(APIProvidersRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIProvidersRequest.Builder::cursor).build()), ProvidersPage::getProviders, ProvidersPage::getNextCursor);
  }

  /** All services. */
  public Stream<ServiceLine> services(UnaryOperator<APIServicesRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(cursor -> api.services(asked(APIServicesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIServicesRequest.Builder::cursor).build()), ServicesPage::getServices, ServicesPage::getNextCursor);
  }

  /** All models. */
  public Stream<ModelLine> models(UnaryOperator<APIModelsRequest.Builder> filter) {
    UsageApi api = new UsageApi(client.query());
    return pages(cursor -> api.models(asked(APIModelsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIModelsRequest.Builder::cursor).build()), ModelsPage::getModels, ModelsPage::getNextCursor);
  }

  /** Settlements of all owners. */
  public Stream<Settlement> settlements(UnaryOperator<APISettlementsRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(cursor -> api.settlements(asked(APISettlementsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APISettlementsRequest.Builder::cursor).build()), SettlementsPage::getSettlements, SettlementsPage::getNextCursor);
  }

  /** The requests that a settlement covers. */
  public Stream<UsageEntry> requestsOfSettlement(UnaryOperator<APISettlementRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(cursor -> api.settlement(asked(APISettlementRequest.newBuilder().limit(LIMIT), filter, cursor,
        APISettlementRequest.Builder::cursor).build()), SettlementAnswer::getMatchedRequests, SettlementAnswer::getNextCursor);
  }

  /** Discrepancies. */
  public Stream<Discrepancy> discrepancies(UnaryOperator<APIDiscrepanciesRequest.Builder> filter) {
    SettlementsApi api = new SettlementsApi(client.query());
    return pages(cursor -> api.discrepancies(asked(APIDiscrepanciesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIDiscrepanciesRequest.Builder::cursor).build()), DiscrepanciesPage::getDiscrepancies, DiscrepanciesPage::getNextCursor);
  }

  /** Comparisons with the contracts. */
  public Stream<ReconciliationRun> reconciliations(UnaryOperator<APIReconciliationsRequest.Builder> filter) {
    ReconciliationApi api = new ReconciliationApi(client.query());
    return pages(cursor -> api.reconciliations(asked(APIReconciliationsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIReconciliationsRequest.Builder::cursor).build()), ReconciliationsPage::getRuns, ReconciliationsPage::getNextCursor);
  }

  /** What a comparison has found. */
  public Stream<ReconciliationAnswerDifferencesInner> differencesOfReconciliation(
      UnaryOperator<APIReconciliationRequest.Builder> filter) {
    ReconciliationApi api = new ReconciliationApi(client.query());
    return pages(cursor -> api.reconciliation(asked(APIReconciliationRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIReconciliationRequest.Builder::cursor).build()), ReconciliationAnswer::getDifferences, ReconciliationAnswer::getNextCursor);
  }

  /** The rules of the caller. */
  public Stream<AlertRule> alertRules(UnaryOperator<APIAlertRulesRequest.Builder> filter) {
    AlertsApi api = new AlertsApi(client.query());
    return pages(cursor -> api.alertRules(asked(APIAlertRulesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIAlertRulesRequest.Builder::cursor).build()), AlertRulesPage::getRules, AlertRulesPage::getNextCursor);
  }

  /** The history of alerts, or what holds now. */
  public Stream<Alert> alerts(UnaryOperator<APIAlertsRequest.Builder> filter) {
    AlertsApi api = new AlertsApi(client.query());
    return pages(cursor -> api.alerts(asked(APIAlertsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIAlertsRequest.Builder::cursor).build()), AlertsPage::getAlerts, AlertsPage::getNextCursor);
  }

  /** The webhooks of the caller. */
  public Stream<Webhook> webhooks(UnaryOperator<APIWebhooksRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(cursor -> api.webhooks(asked(APIWebhooksRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIWebhooksRequest.Builder::cursor).build()), WebhooksPage::getWebhooks, WebhooksPage::getNextCursor);
  }

  /** What a webhook has to send, or has given up. */
  public Stream<WebhookMessage> messagesOfWebhook(UnaryOperator<APIWebhookMessagesRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(cursor -> api.webhookMessages(asked(APIWebhookMessagesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIWebhookMessagesRequest.Builder::cursor).build()), WebhookMessagesPage::getMessages, WebhookMessagesPage::getNextCursor);
  }

  /** The attempts of a webhook. */
  public Stream<WebhookDelivery> deliveriesOfWebhook(UnaryOperator<APIWebhookDeliveriesRequest.Builder> filter) {
    WebhooksApi api = new WebhooksApi(client.query());
    return pages(cursor -> api.webhookDeliveries(asked(APIWebhookDeliveriesRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIWebhookDeliveriesRequest.Builder::cursor).build()), WebhookDeliveriesPage::getDeliveries, WebhookDeliveriesPage::getNextCursor);
  }

  /** The exports of the caller that are kept. */
  public Stream<Export> exports(UnaryOperator<APIExportsRequest.Builder> filter) {
    ExportsApi api = new ExportsApi(client.query());
    return pages(cursor -> api.exports(asked(APIExportsRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIExportsRequest.Builder::cursor).build()), ExportsPage::getExports, ExportsPage::getNextCursor);
  }

  /** API keys of services. */
  public Stream<ApiKey> apiKeys(UnaryOperator<APIListApiKeysRequest.Builder> filter) {
    KeysApi api = new KeysApi(client.command());
    return pages(cursor -> api.listApiKeys(asked(APIListApiKeysRequest.newBuilder().limit(LIMIT), filter, cursor,
        APIListApiKeysRequest.Builder::cursor).build()), ApiKeysPage::getKeys, ApiKeysPage::getNextCursor);
  }

  private static <B> B asked(B all, UnaryOperator<B> filter, Optional<String> cursor, BiFunction<B, String, B> at) {
    B asked = filter.apply(all);
    return cursor.map(next -> at.apply(asked, next)).orElse(asked);
  }

  /** @param next the cursor of the page after, which the last one has not */
  private static <P, L> Stream<L> pages(Function<Optional<String>, P> page, Function<P, List<L>> lines,
      Function<P, @Nullable String> next) {
    return StreamSupport.stream(new Pages<>(page, lines, next), false);
  }

  private static final class Pages<P, L> extends Spliterators.AbstractSpliterator<L> {
    private final Function<Optional<String>, P> page;
    private final Function<P, List<L>> lines;
    private final Function<P, @Nullable String> next;
    private final Queue<L> read = new ArrayDeque<>();
    private Optional<String> cursor = Optional.empty();
    private boolean ended;

    Pages(Function<Optional<String>, P> page, Function<P, List<L>> lines, Function<P, @Nullable String> next) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.page = page;
      this.lines = lines;
      this.next = next;
    }

    /** A page without lines is not the last one, as long as it has a cursor. */
    @Override
    public boolean tryAdvance(Consumer<? super L> action) {
      while (read.isEmpty() && !ended) {
        P answer = page.apply(cursor);
        read.addAll(lines.apply(answer));
        Optional<String> following = Optional.ofNullable(next.apply(answer));
        if (following.isPresent() && following.equals(cursor)) {
          throw new IllegalStateException("a page names itself as the next one: " + cursor.get());
        }
        cursor = following;
        ended = following.isEmpty();
      }
      L line = read.poll();
      if (line == null) {
        return false;
      }
      action.accept(line);
      return true;
    }
  }
}
