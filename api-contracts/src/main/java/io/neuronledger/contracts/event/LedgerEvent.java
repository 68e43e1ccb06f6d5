package io.neuronledger.contracts.event;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event of an owner's ledger. One chain event makes one ledger event, with all its consequences inside. */
public sealed interface LedgerEvent extends AccountEvent {
  WalletAddress owner();

  /** An event that follows from a chain fact, or from the passing of block time. */
  sealed interface ChainDriven extends LedgerEvent {
    Cause cause();
  }

  /** An event with balances; its postings sum to zero. */
  sealed interface Booked extends ChainDriven {
    Balances after();

    /** Empty where no money moved. */
    List<Posting> postings();
  }

  /** An event with a complete state instead of a difference. */
  sealed interface Assigned extends ChainDriven {
    LedgerState state();

    List<Posting> postings();
  }

  /**
   * Source: {@link ChainEvent.Deposit}.
   *
   * @param opened whether the deposit opened the ledger
   */
  record FundsDeposited(WalletAddress owner, WalletAddress payer, Neuron amount, boolean opened, Balances after,
      List<Posting> postings, Cause cause) implements Booked {}

  /**
   * To a provider. Source: {@link ChainEvent.Transfer} with {@code to_provider}.
   *
   * @param amount the transferred amount
   * @param cancelled the amount taken out of pending refunds instead; {@code reduced} lists them
   * @param opened whether the transfer opened the sub-account
   */
  record FundsTransferred(WalletAddress owner, SubAccountId subAccount, Neuron amount, Neuron cancelled,
      boolean opened, List<RefundReduction> reduced, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /**
   * The owner requested a refund of {@code amount}; it stays in the balance while pending. Source: {@link
   * ChainEvent.RefundRequested}.
   *
   * @param requestedAt block time; claimable one lock period later, by the service's lock period at the asked block
   */
  record RefundRequested(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * The lock of a refund has passed; emitted once per passage.
   *
   * @param lockPeriod in force when it passed
   */
  record RefundClaimable(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Duration lockPeriod, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /**
   * A longer lock period locked a claimable refund again.
   *
   * @param lockPeriod the new lock period
   */
  record RefundRelocked(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Duration lockPeriod, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /** {@code amount} of claimable refunds returned to the ledger. Source: {@link ChainEvent.Transfer}. */
  record RefundsCompleted(WalletAddress owner, SubAccountId subAccount, Neuron amount, List<RefundReduction> reduced,
      Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * A provider took fees. Source: {@link ChainEvent.Settled}.
   *
   * @param asked the amount that the provider asked for
   * @param amount the amount that it received
   * @param writtenOff asked − amount: the contract stores no debt
   */
  record FeesSettled(WalletAddress owner, SubAccountId subAccount, Neuron asked, Neuron amount, Neuron writtenOff,
      Optional<SettlementNonce> nonce, List<RefundReduction> reduced, Balances after, List<Posting> postings,
      Cause cause) implements Booked {}

  /** A provider asked for fees and received nothing. Source: {@link ChainEvent.SettlementRejected}. */
  record SettlementRejected(WalletAddress owner, SubAccountId subAccount, Neuron asked, RejectionReason reason,
      Optional<SettlementNonce> nonce, Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * The owner withdrew to the wallet.
   *
   * @param closed whether total became zero, which closes the ledger
   */
  record FundsWithdrawn(WalletAddress owner, Neuron amount, boolean closed, Balances after, List<Posting> postings,
      Cause cause) implements Booked {}

  /** Source: {@link ChainEvent.SubAccountClosed}. */
  record SubAccountClosed(WalletAddress owner, SubAccountId subAccount, Balances after, List<Posting> postings,
      Cause cause) implements Booked {}

  /** Source: {@link ChainEvent.LedgerClosed}. */
  record LedgerClosed(WalletAddress owner, Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /** Source: {@link ChainEvent.ProviderAcknowledged}. */
  record ProviderAcknowledged(WalletAddress owner, SubAccountId subAccount, boolean acknowledged, Balances after,
      List<Posting> postings, Cause cause) implements Booked {}

  /** Indexing started with this state. Source: {@link ChainEvent.Opening}. */
  record LedgerOpenedFromSnapshot(WalletAddress owner, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * The stored state differed from the contract's and now equals it. Source: {@link ChainEvent.StateObserved}.
   *
   * @param run the name of the reconciliation
   */
  record LedgerRestated(WalletAddress owner, String run, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * The chain retracted its blocks from {@code fromBlock} on.
   *
   * @param state the chain state before that block, complete
   * @param postings the negated sum of the retracted entries
   */
  record LedgerRewound(WalletAddress owner, long fromBlock, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * A chain fact broke a rule. The fact is recorded; the stored state is clamped.
   *
   * @param key the same for the same breach, for ever
   * @param subAccount absent where the breach is of the ledger itself
   * @param expected what the rule allows, as readable text
   * @param actual what the chain reported, as readable text
   */
  record DiscrepancyFound(WalletAddress owner, String key, Rule rule, Optional<SubAccountId> subAccount,
      String expected, String actual, Cause cause) implements ChainDriven {}

  /**
   * An operator closed a discrepancy; the resolution survives forks.
   *
   * @param by the operator's name, as given
   * @param at the time by the service's clock
   */
  record DiscrepancyResolved(WalletAddress owner, String key, String reason, String by, Instant at)
      implements LedgerEvent {}
}
