package io.neuronledger.contracts.event;

/**
 * The names under which events are stored and published, for ever. A changed shape gets a new name ({@code .v2})
 * beside the old one, with an upcaster and a golden file.
 */
public final class EventNames {
  /** Chain events, published by the indexer. */
  public static final class Chain {
    public static final String DEPOSIT = "chain.deposit.v1";
    public static final String TRANSFER = "chain.transfer.v1";
    public static final String REFUND_REQUESTED = "chain.refund-requested.v1";
    public static final String SETTLED = "chain.settled.v1";
    public static final String SETTLEMENT_REJECTED = "chain.settlement-rejected.v1";
    public static final String WITHDRAW = "chain.withdraw.v1";
    public static final String SUB_ACCOUNT_CLOSED = "chain.sub-account-closed.v1";
    public static final String LEDGER_CLOSED = "chain.ledger-closed.v1";
    public static final String PROVIDER_ACKNOWLEDGED = "chain.provider-acknowledged.v1";
    public static final String OPENING = "chain.opening.v1";
    public static final String STATE_OBSERVED = "chain.state-observed.v1";
    public static final String RECONCILIATION_ENDED = "chain.reconciliation-ended.v1";
    public static final String DEPLOYMENT_DECLARED = "chain.deployment-declared.v1";
    public static final String BLOCK_SEALED = "chain.block-sealed.v1";
    public static final String BRANCH_RETRACTED = "chain.branch-retracted.v1";
    public static final String SERVICE_REGISTERED = "chain.service-registered.v1";
    public static final String LOCK_PERIOD_SET = "chain.lock-period-set.v1";
    public static final String PRICE_SET = "chain.price-set.v1";

    private Chain() {}
  }

  public static final String FUNDS_DEPOSITED = "funds-deposited.v1";
  public static final String FUNDS_TRANSFERRED = "funds-transferred.v1";
  public static final String REFUND_REQUESTED = "refund-requested.v1";
  public static final String REFUND_CLAIMABLE = "refund-claimable.v1";
  public static final String REFUND_RELOCKED = "refund-relocked.v1";
  public static final String REFUNDS_COMPLETED = "refunds-completed.v1";
  public static final String FEES_SETTLED = "fees-settled.v1";
  public static final String SETTLEMENT_REJECTED = "settlement-rejected.v1";
  public static final String FUNDS_WITHDRAWN = "funds-withdrawn.v1";
  public static final String SUB_ACCOUNT_CLOSED = "sub-account-closed.v1";
  public static final String LEDGER_CLOSED = "ledger-closed.v1";
  public static final String PROVIDER_ACKNOWLEDGED = "provider-acknowledged.v1";
  public static final String LEDGER_OPENED_FROM_SNAPSHOT = "ledger-opened-from-snapshot.v1";
  public static final String LEDGER_RESTATED = "ledger-restated.v1";
  public static final String LEDGER_REWOUND = "ledger-rewound.v1";
  public static final String DISCREPANCY_FOUND = "discrepancy-found.v1";
  public static final String DISCREPANCY_RESOLVED = "discrepancy-resolved.v1";
  public static final String DISCREPANCY_RESOLUTION_REVOKED = "discrepancy-resolution-revoked.v1";

  public static final String USAGE_RECORDED = "usage-recorded.v1";
  public static final String USAGE_REVERSED = "usage-reversed.v1";
  public static final String DIFFERENCE_RESOLUTION_PROPOSED = "difference-resolution-proposed.v1";
  public static final String DIFFERENCE_RESOLVED = "difference-resolved.v1";
  public static final String DIFFERENCE_RESOLUTION_REVOKED = "difference-resolution-revoked.v1";

  public static final String DEPLOYMENT_DECLARED = "deployment-declared.v1";
  public static final String BLOCK_SEALED = "block-sealed.v1";
  public static final String BRANCH_RETRACTED = "branch-retracted.v1";
  public static final String SERVICE_TERMS_SET = "service-terms-set.v1";
  public static final String PRICE_SET = "price-set.v1";
  public static final String OWNER_QUARANTINED = "owner-quarantined.v1";
  public static final String OWNER_RELEASED = "owner-released.v1";
  public static final String RECONCILIATION_ENDED = "reconciliation-ended.v1";

  public static final String PERIOD_CLOSING_PROPOSED = "period-closing-proposed.v1";
  public static final String PERIOD_CLOSED = "period-closed.v1";
  public static final String PERIOD_REOPENING_PROPOSED = "period-reopening-proposed.v1";
  public static final String PERIOD_REOPENED = "period-reopened.v1";
  public static final String PERIOD_PROPOSAL_REVOKED = "period-proposal-revoked.v1";

  private EventNames() {}
}
