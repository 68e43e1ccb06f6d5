package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import java.time.Instant;

/**
 * An account event: stored for ever, and published to other services. The JSON's {@code type} is the stored name
 * ({@link EventNames}); the enclosing {@code AccountRecord} holds its place in the stream.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerEvent.FundsDeposited.class, name = EventNames.FUNDS_DEPOSITED),
    @JsonSubTypes.Type(value = LedgerEvent.FundsTransferred.class, name = EventNames.FUNDS_TRANSFERRED),
    @JsonSubTypes.Type(value = LedgerEvent.RefundRequested.class, name = EventNames.REFUND_REQUESTED),
    @JsonSubTypes.Type(value = LedgerEvent.RefundClaimable.class, name = EventNames.REFUND_CLAIMABLE),
    @JsonSubTypes.Type(value = LedgerEvent.RefundRelocked.class, name = EventNames.REFUND_RELOCKED),
    @JsonSubTypes.Type(value = LedgerEvent.RefundsCompleted.class, name = EventNames.REFUNDS_COMPLETED),
    @JsonSubTypes.Type(value = LedgerEvent.FeesSettled.class, name = EventNames.FEES_SETTLED),
    @JsonSubTypes.Type(value = LedgerEvent.SettlementRejected.class, name = EventNames.SETTLEMENT_REJECTED),
    @JsonSubTypes.Type(value = LedgerEvent.FundsWithdrawn.class, name = EventNames.FUNDS_WITHDRAWN),
    @JsonSubTypes.Type(value = LedgerEvent.SubAccountClosed.class, name = EventNames.SUB_ACCOUNT_CLOSED),
    @JsonSubTypes.Type(value = LedgerEvent.LedgerClosed.class, name = EventNames.LEDGER_CLOSED),
    @JsonSubTypes.Type(value = LedgerEvent.ProviderAcknowledged.class, name = EventNames.PROVIDER_ACKNOWLEDGED),
    @JsonSubTypes.Type(value = LedgerEvent.LedgerOpenedFromSnapshot.class,
        name = EventNames.LEDGER_OPENED_FROM_SNAPSHOT),
    @JsonSubTypes.Type(value = LedgerEvent.LedgerRestated.class, name = EventNames.LEDGER_RESTATED),
    @JsonSubTypes.Type(value = LedgerEvent.LedgerRewound.class, name = EventNames.LEDGER_REWOUND),
    @JsonSubTypes.Type(value = LedgerEvent.DiscrepancyFound.class, name = EventNames.DISCREPANCY_FOUND),
    @JsonSubTypes.Type(value = LedgerEvent.DiscrepancyResolved.class, name = EventNames.DISCREPANCY_RESOLVED),
    @JsonSubTypes.Type(value = LedgerEvent.DiscrepancyResolutionRevoked.class,
        name = EventNames.DISCREPANCY_RESOLUTION_REVOKED),
    @JsonSubTypes.Type(value = UsageEvent.UsageRecorded.class, name = EventNames.USAGE_RECORDED),
    @JsonSubTypes.Type(value = UsageEvent.UsageReversed.class, name = EventNames.USAGE_REVERSED),
    @JsonSubTypes.Type(value = UsageEvent.DifferenceResolutionProposed.class,
        name = EventNames.DIFFERENCE_RESOLUTION_PROPOSED),
    @JsonSubTypes.Type(value = UsageEvent.DifferenceResolved.class, name = EventNames.DIFFERENCE_RESOLVED),
    @JsonSubTypes.Type(value = UsageEvent.DifferenceResolutionRevoked.class,
        name = EventNames.DIFFERENCE_RESOLUTION_REVOKED),
    @JsonSubTypes.Type(value = PartitionEvent.DeploymentDeclared.class, name = EventNames.DEPLOYMENT_DECLARED),
    @JsonSubTypes.Type(value = PartitionEvent.BlockSealed.class, name = EventNames.BLOCK_SEALED),
    @JsonSubTypes.Type(value = PartitionEvent.BranchRetracted.class, name = EventNames.BRANCH_RETRACTED),
    @JsonSubTypes.Type(value = PartitionEvent.ServiceTermsSet.class, name = EventNames.SERVICE_TERMS_SET),
    @JsonSubTypes.Type(value = PartitionEvent.PriceSet.class, name = EventNames.PRICE_SET),
    @JsonSubTypes.Type(value = PartitionEvent.OwnerQuarantined.class, name = EventNames.OWNER_QUARANTINED),
    @JsonSubTypes.Type(value = PartitionEvent.OwnerReleased.class, name = EventNames.OWNER_RELEASED),
    @JsonSubTypes.Type(value = PartitionEvent.ReconciliationEnded.class, name = EventNames.RECONCILIATION_ENDED),
    @JsonSubTypes.Type(value = AccountEvent.PeriodClosingProposed.class, name = EventNames.PERIOD_CLOSING_PROPOSED),
    @JsonSubTypes.Type(value = AccountEvent.PeriodClosed.class, name = EventNames.PERIOD_CLOSED),
    @JsonSubTypes.Type(value = AccountEvent.PeriodReopeningProposed.class,
        name = EventNames.PERIOD_REOPENING_PROPOSED),
    @JsonSubTypes.Type(value = AccountEvent.PeriodReopened.class, name = EventNames.PERIOD_REOPENED),
    @JsonSubTypes.Type(value = AccountEvent.PeriodProposalRevoked.class, name = EventNames.PERIOD_PROPOSAL_REVOKED)})
public sealed interface AccountEvent permits LedgerEvent, UsageEvent, PartitionEvent, AccountEvent.PeriodEvent {
  /**
   * What people decide about a period of all accounts. It concerns no owner: every such event is in partition 0, in the
   * stream of its period, so that all of them have one order. No fork retracts it.
   */
  sealed interface PeriodEvent extends AccountEvent {
    AccountingPeriod period();

    /** The caller who decided, 1 to 200 characters. */
    String by();

    /** The time by the service's clock. */
    Instant at();
  }

  /**
   * One person proposed to close the period by this report. Another one must approve it.
   *
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record PeriodClosingProposed(AccountingPeriod period, FrozenReport report, String by, Instant at)
      implements PeriodEvent {}

  /**
   * A second person approved the last proposal: the period is closed by this report.
   *
   * @param proposedBy the first person
   * @param by the second person, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record PeriodClosed(AccountingPeriod period, FrozenReport report, String proposedBy, String by, Instant at)
      implements PeriodEvent {}

  /**
   * One person proposed to reopen the closed period. Another one must approve it.
   *
   * @param report the report by which it is closed
   * @param reason 1 to 2,000 characters
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record PeriodReopeningProposed(AccountingPeriod period, ReportHash report, String reason, String by, Instant at)
      implements PeriodEvent {}

  /**
   * A second person approved the last proposal: the period is open again.
   *
   * @param report the report by which it was closed
   * @param reason that of the proposal
   * @param proposedBy the first person
   * @param by the second person, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record PeriodReopened(AccountingPeriod period, ReportHash report, String reason, String proposedBy, String by,
      Instant at) implements PeriodEvent {}

  /**
   * The last proposal, to close or to reopen, was withdrawn before a second person approved it.
   *
   * @param reason 1 to 2,000 characters
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record PeriodProposalRevoked(AccountingPeriod period, String reason, String by, Instant at) implements PeriodEvent {}
}
