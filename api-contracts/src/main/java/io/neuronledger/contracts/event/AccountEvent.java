package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

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
    @JsonSubTypes.Type(value = UsageEvent.UsageRecorded.class, name = EventNames.USAGE_RECORDED),
    @JsonSubTypes.Type(value = UsageEvent.UsageReversed.class, name = EventNames.USAGE_REVERSED),
    @JsonSubTypes.Type(value = UsageEvent.DifferenceResolved.class, name = EventNames.DIFFERENCE_RESOLVED),
    @JsonSubTypes.Type(value = PartitionEvent.DeploymentDeclared.class, name = EventNames.DEPLOYMENT_DECLARED),
    @JsonSubTypes.Type(value = PartitionEvent.BlockSealed.class, name = EventNames.BLOCK_SEALED),
    @JsonSubTypes.Type(value = PartitionEvent.BranchRetracted.class, name = EventNames.BRANCH_RETRACTED),
    @JsonSubTypes.Type(value = PartitionEvent.ServiceTermsSet.class, name = EventNames.SERVICE_TERMS_SET),
    @JsonSubTypes.Type(value = PartitionEvent.OwnerQuarantined.class, name = EventNames.OWNER_QUARANTINED),
    @JsonSubTypes.Type(value = PartitionEvent.OwnerReleased.class, name = EventNames.OWNER_RELEASED),
    @JsonSubTypes.Type(value = PartitionEvent.ReconciliationEnded.class, name = EventNames.RECONCILIATION_ENDED)})
public sealed interface AccountEvent permits LedgerEvent, UsageEvent, PartitionEvent {}
