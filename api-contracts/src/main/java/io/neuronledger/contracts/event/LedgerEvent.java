package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything that can happen to an owner's ledger. One chain event makes one of these, all its consequences inside. */
public sealed interface LedgerEvent extends AccountEvent {
  WalletAddress owner();

  /** What follows from a chain fact, or from the passing of block time. */
  sealed interface ChainDriven extends LedgerEvent {
    Cause cause();
  }

  /** What leaves balances: the postings that led to them sum to zero. */
  sealed interface Booked extends ChainDriven {
    Balances after();

    /** Empty where no money moved. */
    List<Posting> postings();
  }

  /** What leaves a complete state instead of a difference. */
  sealed interface Assigned extends ChainDriven {
    LedgerState state();

    List<Posting> postings();
  }

  /**
   * Source: {@link ChainEvent.Deposit}.
   *
   * @param opened whether it opened the ledger
   */
  record FundsDeposited(WalletAddress owner, WalletAddress payer, Neuron amount, boolean opened, Balances after,
      List<Posting> postings, Cause cause) implements Booked {}

  /**
   * To a provider. Source: {@link ChainEvent.Transfer} with {@code to_provider}.
   *
   * @param amount what moved
   * @param cancelled what was taken out of pending refunds instead; {@code reduced} says of which
   * @param opened whether it opened the sub-account
   */
  record FundsTransferred(WalletAddress owner, SubAccountId subAccount, Neuron amount, Neuron cancelled,
      boolean opened, List<RefundReduction> reduced, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /**
   * The owner asked {@code amount} back: pending, not yet gone. Source: {@link ChainEvent.RefundRequested}.
   *
   * @param requestedAt block time; claimable one lock period later, by the service's lock period at the asked block
   */
  record RefundRequested(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * The lock of a refund has passed: said once per passage.
   *
   * @param lockPeriod in force when it passed
   */
  record RefundClaimable(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Duration lockPeriod, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /**
   * A longer lock period locked a claimable refund again.
   *
   * @param lockPeriod the new one
   */
  record RefundRelocked(WalletAddress owner, SubAccountId subAccount, RefundId refund, Neuron amount,
      Instant requestedAt, Duration lockPeriod, Balances after, List<Posting> postings, Cause cause)
      implements Booked {}

  /** {@code amount} of claimable refunds came back to the ledger. Source: {@link ChainEvent.Transfer}. */
  record RefundsCompleted(WalletAddress owner, SubAccountId subAccount, Neuron amount, List<RefundReduction> reduced,
      Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * A provider took fees. Source: {@link ChainEvent.Settled}.
   *
   * @param asked what the provider asked
   * @param amount what it got
   * @param writtenOff asked − amount: the contract remembers no debt
   */
  record FeesSettled(WalletAddress owner, SubAccountId subAccount, Neuron asked, Neuron amount, Neuron writtenOff,
      Optional<SettlementNonce> nonce, List<RefundReduction> reduced, Balances after, List<Posting> postings,
      Cause cause) implements Booked {}

  /** A provider asked and got nothing. Source: {@link ChainEvent.SettlementRejected}. */
  record SettlementRejected(WalletAddress owner, SubAccountId subAccount, Neuron asked, RejectionReason reason,
      Optional<SettlementNonce> nonce, Balances after, List<Posting> postings, Cause cause) implements Booked {}

  /**
   * Money left for the owner's wallet.
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

  /** Following started with this state. Source: {@link ChainEvent.Opening}. */
  record LedgerOpenedFromSnapshot(WalletAddress owner, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * Our state differed from the contract's; it now is the contract's. Source: {@link ChainEvent.StateObserved}.
   *
   * @param run names the reconciliation that asked
   */
  record LedgerRestated(WalletAddress owner, String run, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * The chain took back what it had said from {@code fromBlock} on.
   *
   * @param state the chain state before that block, complete
   * @param postings the negated sum of the retracted entries
   */
  record LedgerRewound(WalletAddress owner, long fromBlock, LedgerState state, List<Posting> postings, Cause cause)
      implements Assigned {}

  /**
   * A chain fact broke a rule. The fact stands; our state is clamped.
   *
   * @param key the same for the same breach, for ever
   * @param subAccount absent where the ledger itself is concerned
   * @param expected what the rule allows, for people
   * @param actual what the chain said
   */
  record DiscrepancyFound(WalletAddress owner, String key, Rule rule, Optional<SubAccountId> subAccount,
      String expected, String actual, Cause cause) implements ChainDriven {}

  /**
   * A person has looked at a discrepancy and closed it; it survives forks.
   *
   * @param by who, as they gave it
   * @param at the service's clock
   */
  record DiscrepancyResolved(WalletAddress owner, String key, String reason, String by, Instant at)
      implements LedgerEvent {}
}
