package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessLogPage;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.LedgerDetails;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.ProblemView;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.contracts.view.SubAccountAnswer;
import io.neuronledger.contracts.view.SubAccountSums;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.contracts.view.SubAccountsAnswer;
import io.neuronledger.contracts.view.admission.AdmissionAnswer;
import io.neuronledger.contracts.view.admission.AdmissionCondition;
import io.neuronledger.contracts.view.admission.AdmissionStep;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertRulesPage;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertsPage;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.SearchAnswer;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryAnswer;
import io.neuronledger.contracts.view.entry.EntryDetails;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.contracts.view.export.ExportSidecar;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.export.ExportsPage;
import io.neuronledger.contracts.view.operation.BlockAnswer;
import io.neuronledger.contracts.view.operation.CallerView;
import io.neuronledger.contracts.view.operation.DashboardView;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.QuarantineView;
import io.neuronledger.contracts.view.operation.RebuildView;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.contracts.view.period.FrozenReportAnswer;
import io.neuronledger.contracts.view.period.PeriodView;
import io.neuronledger.contracts.view.period.PeriodsPage;
import io.neuronledger.contracts.view.price.ModelsPage;
import io.neuronledger.contracts.view.price.PriceCheck;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.contracts.view.price.QuotesAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationRun;
import io.neuronledger.contracts.view.reconciliation.ReconciliationsPage;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.contracts.view.runway.RunwayAnswer;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.contracts.view.usage.AccountUsageHistory;
import io.neuronledger.contracts.view.usage.AccountUsageStats;
import io.neuronledger.contracts.view.usage.ProviderView;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.contracts.view.usage.UsageSums;
import io.neuronledger.contracts.view.usage.account.AccountDailyStats;
import io.neuronledger.contracts.view.webhook.NewWebhook;
import io.neuronledger.contracts.view.webhook.NewWebhookSecret;
import io.neuronledger.contracts.view.webhook.WebhookDeliveriesPage;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView;
import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.contracts.view.webhook.WebhookMessagesPage;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.contracts.view.webhook.WebhooksPage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the schemas of ledger-query's document with the records of its answers. */
class OpenApiViewsTest {
  private static final JsonNode DOCUMENT = Documents.read("/openapi/ledger-query.v1.yaml");
  private static final Map<String, Class<?>> RECORDS = Map.ofEntries(Map.entry("AsOf", AsOf.class),
      Map.entry("Ledger", LedgerView.class), Map.entry("LedgersPage", LedgersPage.class),
      Map.entry("BlockAnswer", BlockAnswer.class), Map.entry("LedgerDetails", LedgerDetails.class),
      Map.entry("LedgerDetails/properties/services/items", LedgerDetails.Service.class),
      Map.entry("SubAccountSums", SubAccountSums.class),
      Map.entry("LedgerLine", LedgersPage.Line.class), Map.entry("SubAccounts", SubAccountsAnswer.class),
      Map.entry("Admission", AdmissionAnswer.class), Map.entry("AdmissionCondition", AdmissionCondition.class),
      Map.entry("AdmissionStep", AdmissionStep.class),
      Map.entry("CancelledRefund", AdmissionStep.Cancelled.class),
      Map.entry("PricesPage", PricesPage.class), Map.entry("Price", PriceView.class),
      Map.entry("PriceTier", PriceView.Tier.class), Map.entry("QuotesAnswer", QuotesAnswer.class),
      Map.entry("Quote", QuotesAnswer.Quote.class),
      Map.entry("RunwayAnswer", RunwayAnswer.class), Map.entry("Runway", RunwayAnswer.SubAccount.class),
      Map.entry("AtRiskPage", AtRiskPage.class), Map.entry("AtRiskLine", AtRiskPage.Line.class),
      Map.entry("SubAccountAnswer", SubAccountAnswer.class), Map.entry("SubAccount", SubAccountView.class),
      Map.entry("Refund", RefundView.class), Map.entry("RefundsPage", RefundsPage.class),
      Map.entry("OwnedRefund", RefundsPage.Line.class), Map.entry("EntriesPage", EntriesPage.class),
      Map.entry("OwnedEntriesPage", OwnedEntriesPage.class), Map.entry("OwnedEntry", OwnedEntriesPage.Line.class),
      Map.entry("EntryAnswer", EntryAnswer.class),
      Map.entry("EntryAnswer/properties/discrepancies/items", EntryAnswer.Discrepancy.class),
      Map.entry("EntryResolution", EntryView.Resolution.class),
      Map.entry("Entry", EntryView.class), Map.entry("EntryDetails", EntryDetails.class),
      Map.entry("RefundReduction", RefundReduction.class), Map.entry("Posting", Posting.class),
      Map.entry("After", EntryView.After.class), Map.entry("SubAccountAfter", EntryView.SubAccount.class),
      Map.entry("SubAccountAfter/properties/refunds/items", EntryView.Refund.class),
      Map.entry("Position", ChainPosition.class), Map.entry("Deployment", StatusView.Deployment.class),
      Map.entry("Caller", CallerView.class),
      Map.entry("Dashboard", DashboardView.class),
      Map.entry("Dashboard/properties/services", DashboardView.Services.class),
      Map.entry("Dashboard/properties/sign_in", DashboardView.SignIn.class),
      Map.entry("Dashboard/properties/chain", DashboardView.Chain.class),
      Map.entry("Status", StatusView.class),
          Map.entry("Status/properties/partitions/items", StatusView.Partition.class),
      Map.entry("Status/properties/following", StatusView.Following.class),
      Map.entry("Status/properties/blocks", StatusView.Blocks.class),
      Map.entry("Status/properties/guard/items", GuardRange.class),
      Map.entry("Integrity", IntegrityView.class),
      Map.entry("Statement", StatementAnswer.class), Map.entry("StatementBalance", StatementAnswer.Balance.class),
      Map.entry("StatementAccount", StatementAnswer.Account.class),
      Map.entry("StatementUsage", StatementAnswer.Usage.class),
      Map.entry("StatementMovement", StatementAnswer.Movement.class),
      Map.entry("ProviderStatement", ProviderStatementAnswer.class),
      Map.entry("StatementSettlement", ProviderStatementAnswer.Settlement.class),
      Map.entry("AccessLogPage", AccessLogPage.class), Map.entry("AccessLogLine", AccessLogPage.Line.class),
      Map.entry("AccessChain", AccessLogPage.Chain.class), Map.entry("AccessFault", AccessLogPage.Fault.class),
      Map.entry("AccessRecord", AccessRecord.class), Map.entry("AccessWho", AccessEntry.Who.class),
      Map.entry("Integrity/properties/faults/items", IntegrityView.Fault.class),
      Map.entry("Quarantine", QuarantineView.class),
      Map.entry("Quarantine/properties/owners/items", QuarantineView.Owner.class),
      Map.entry("Unparked", QuarantineView.Unparked.class),
      Map.entry("Unparked/properties/released/items", QuarantineView.Released.class),
      Map.entry("Unparked/properties/still_quarantined/items", QuarantineView.StillQuarantined.class),
      Map.entry("Rebuild", RebuildView.class), Map.entry("Problem", ProblemView.class),
      Map.entry("UsageEntry", UsageEntry.class), Map.entry("PricedLine", Units.PricedLine.class),
      Map.entry("UnpricedLine", Units.UnpricedLine.class),
      Map.entry("UsageReversal", UsageEntry.Reversal.class), Map.entry("UsagePage", UsagePage.class),
      Map.entry("UsagePageLine", UsagePage.Line.class), Map.entry("UsageSums", UsageSums.class),
      Map.entry("PriceCheck", PriceCheck.class),
      Map.entry("PublishedPrices", PriceCheck.PublishedPrices.class),
      Map.entry("UsageStats", UsageStats.class), Map.entry("UsageStats/properties/days/items", UsageStats.Day.class),
      Map.entry("UsageStats/properties/models/items", UsageStats.Model.class),
      Map.entry("AccountUsageStats", AccountUsageStats.class),
      Map.entry("AccountUsageDaily", AccountDailyStats.class),
      Map.entry("AccountUsageDay", AccountDailyStats.Row.class),
      Map.entry("AccountUsageHistory", AccountUsageHistory.class),
      Map.entry("AccountUsageHistory/properties/items/items", AccountUsageHistory.Item.class),
      Map.entry("Provider", ProviderView.class), Map.entry("Settlement", SettlementView.class),
      Map.entry("SettlementsPage", SettlementsPage.class), Map.entry("SettlementAnswer", SettlementAnswer.class),
      Map.entry("Discrepancy", DiscrepancyView.class),
      Map.entry("Discrepancy/properties/breach", DiscrepancyView.Breach.class),
      Map.entry("ReportDifference", DiscrepancyView.ReportDifference.class),
      Map.entry("ResolutionProposal", DiscrepancyView.Proposal.class),
      Map.entry("Resolution", DiscrepancyView.Resolution.class),
      Map.entry("DiscrepanciesPage", DiscrepanciesPage.class), Map.entry("PeriodRow", PeriodRow.class),
      Map.entry("PeriodAdjustment", PeriodAdjustment.class), Map.entry("FrozenReport", FrozenReport.class),
      Map.entry("FrozenReportAnswer", FrozenReportAnswer.class), Map.entry("Period", PeriodView.class),
      Map.entry("PeriodDecision", PeriodView.Decision.class), Map.entry("PeriodsPage", PeriodsPage.class),
      Map.entry("SearchAnswer", SearchAnswer.class), Map.entry("SearchHit", SearchAnswer.Hit.class),
      Map.entry("ProvidersPage", ProvidersPage.class), Map.entry("ProviderLine", ProvidersPage.Line.class),
      Map.entry("ServicesPage", ServicesPage.class), Map.entry("ServiceLine", ServicesPage.Line.class),
      Map.entry("ModelsPage", ModelsPage.class), Map.entry("ModelLine", ModelsPage.Line.class),
      Map.entry("ModelPricing", ModelsPage.Pricing.class), Map.entry("ModelTier", ModelsPage.Tier.class),
      Map.entry("TotalsAnswer", TotalsAnswer.class), Map.entry("SettledSums", TotalsAnswer.Settled.class),
      Map.entry("TotalsAnswer/properties/compared", TotalsAnswer.Compared.class),
      Map.entry("HeldSums", TotalsAnswer.Held.class), Map.entry("UsedSums", TotalsAnswer.Used.class),
      Map.entry("ServiceTotals", TotalsAnswer.Service.class),
      Map.entry("TotalsAnswer/properties/days/items", TotalsAnswer.Day.class),
      Map.entry("Export", ExportView.class), Map.entry("ExportsPage", ExportsPage.class),
      Map.entry("ExportFailure", ExportView.Failure.class), Map.entry("ExportSidecar", ExportSidecar.class),
      Map.entry("Alert", AlertView.class), Map.entry("AlertBlock", AlertView.Block.class),
      Map.entry("AlertsPage", AlertsPage.class), Map.entry("AlertRule", AlertRuleView.class),
      Map.entry("AlertRulesPage", AlertRulesPage.class),
      Map.entry("Webhook", WebhookView.class), Map.entry("WebhookDisabled", WebhookView.Disabled.class),
      Map.entry("WebhooksPage", WebhooksPage.class), Map.entry("NewWebhook", NewWebhook.class),
      Map.entry("NewWebhookSecret", NewWebhookSecret.class), Map.entry("WebhookMessage", WebhookMessageView.class),
      Map.entry("WebhookMessagesPage", WebhookMessagesPage.class),
      Map.entry("WebhookDelivery", WebhookDeliveryView.class),
      Map.entry("WebhookDeliveriesPage", WebhookDeliveriesPage.class),
      Map.entry("ReconciliationRun", ReconciliationRun.class),
      Map.entry("ReconciliationsPage", ReconciliationsPage.class),
      Map.entry("ReconciliationAnswer", ReconciliationAnswer.class),
      Map.entry("ReconciliationAnswer/properties/differences/items", ReconciliationAnswer.Difference.class));
  /** Written as a stream, not from one record: ledger-query's tests compare it with the document. */
  private static final Set<String> STREAMED = Set.of("PeriodReport");

  @Test
  void every_object_has_exactly_the_properties_of_its_record() {
    RECORDS.forEach((name, type) -> {
      JsonNode schema = DOCUMENT.at("/components/schemas/" + name);
      Map<String, Boolean> described = new TreeMap<>();
      // What unit=0G adds is written beside the record's amounts: OperationsTest.
      schema.path("properties").propertyNames().stream().filter(property -> !property.endsWith("_0g"))
          .forEach(property -> described.put(property, false));
      schema.path("required").forEach(property -> described.put(property.asString(), true));
      assertThat(described).as(name).isEqualTo(RecordSchema.properties(type));
      assertThat(schema.path("additionalProperties").asBoolean(true)).as(name).isFalse();
    });
  }

  @Test
  void every_object_of_the_document_has_a_record() {
    Set<String> objects = new TreeSet<>();
    DOCUMENT.at("/components/schemas").forEachEntry((name, schema) -> {
      if (schema.path("type").asString("").equals("object")) {
        objects.add(name);
      }
    });
    Set<String> named = new TreeSet<>(STREAMED);
    RECORDS.keySet().stream().filter(name -> !name.contains("/")).forEach(named::add);
    assertThat(named).isEqualTo(objects);
  }
}
