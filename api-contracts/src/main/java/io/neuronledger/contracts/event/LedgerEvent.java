package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.balance.StoredPosting;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
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

  /** An event with postings. Most follow from its type and amount, and are not stored. */
  sealed interface Posted extends ChainDriven {
    /** The sub-accounts that the event names, in order. */
    List<SubAccountId> subAccounts();

    /** The postings that follow from the type: {@code amount} moves, or nothing. */
    default List<Posting> typicalPostings() {
      String ledger = Posting.ledger(owner());
      return switch (this) {
        case FundsDeposited of -> Posting.moved(Posting.OUTSIDE, ledger, of.amount);
        case FundsTransferred of -> Posting.moved(ledger, Posting.subAccount(of.subAccount()), of.amount);
        case RefundsCompleted of -> Posting.moved(Posting.subAccount(of.subAccount()), ledger, of.amount);
        case FeesSettled of ->
            Posting.moved(Posting.subAccount(of.subAccount()), Posting.provider(of.provider), of.amount);
        case FundsWithdrawn of -> Posting.moved(ledger, Posting.OUTSIDE, of.amount);
        case RefundRequested _, RefundClaimable _, RefundRelocked _, SettlementRejected _, SubAccountClosed _,
            LedgerClosed _, ProviderAcknowledged _, Assigned _ -> List.of();
      };
    }

    /** The stored postings; absent where they are the typical ones. */
    Optional<List<StoredPosting>> otherPostings();

    /** Summing to zero; empty where no money moved. */
    default List<Posting> postings() {
      return otherPostings().map(stored -> StoredPosting.full(stored, owner(), subAccounts()))
          .orElseGet(this::typicalPostings);
    }
  }

  /** An event with the balances after it. */
  sealed interface Booked extends Posted {
    Balances after();

    /** The sub-account after the event; empty where there is none. */
    default Optional<SubAccountState> subAccountState() {
      return after().subAccount().map(balances -> balances.of(subAccounts().getFirst()));
    }

    @Override
    default List<SubAccountId> subAccounts() {
      return List.of();
    }
  }

  /** An event of one sub-account. */
  sealed interface OfSubAccount extends Booked {
    WalletAddress provider();

    ServiceName service();

    default SubAccountId subAccount() {
      return new SubAccountId(owner(), provider(), service());
    }

    @Override
    default List<SubAccountId> subAccounts() {
      return List.of(subAccount());
    }
  }

  /** An event with a complete state instead of a difference. */
  sealed interface Assigned extends Posted {
    LedgerState state();

    @Override
    default List<SubAccountId> subAccounts() {
      return state().subAccounts().stream()
          .map(each -> new SubAccountId(owner(), each.provider(), each.service())).toList();
    }
  }

  /**
   * Source: {@link ChainEvent.Deposit}.
   *
   * @param opened whether the deposit opened the ledger
   */
  record FundsDeposited(WalletAddress owner, WalletAddress payer, Neuron amount, boolean opened, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements Booked {}

  /**
   * To a provider. Source: {@link ChainEvent.Transfer} with {@code to_provider}.
   *
   * @param amount the transferred amount
   * @param cancelled the amount taken out of pending refunds instead; {@code reduced} lists them
   * @param opened whether the transfer opened the sub-account
   */
  record FundsTransferred(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron amount,
      Neuron cancelled, boolean opened, Optional<List<RefundReduction>> reduced, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /**
   * The owner requested a refund of {@code amount}; it stays in the balance while pending. Source: {@link
   * ChainEvent.RefundRequested}.
   *
   * @param requestedAt block time; claimable one lock period later, by the service's lock period at the asked block
   */
  record RefundRequested(WalletAddress owner, WalletAddress provider, ServiceName service, RefundId refund,
      Neuron amount, Instant requestedAt, Balances after, Optional<List<StoredPosting>> otherPostings, Cause cause)
      implements OfSubAccount {}

  /**
   * The lock of a refund has passed; emitted once per passage.
   *
   * @param lockPeriod in force when it passed
   */
  record RefundClaimable(WalletAddress owner, WalletAddress provider, ServiceName service, RefundId refund,
      Neuron amount, Instant requestedAt, Duration lockPeriod, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /**
   * A longer lock period locked a claimable refund again.
   *
   * @param lockPeriod the new lock period
   */
  record RefundRelocked(WalletAddress owner, WalletAddress provider, ServiceName service, RefundId refund,
      Neuron amount, Instant requestedAt, Duration lockPeriod, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /** {@code amount} of claimable refunds returned to the ledger. Source: {@link ChainEvent.Transfer}. */
  record RefundsCompleted(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron amount,
      Optional<List<RefundReduction>> reduced, Balances after, Optional<List<StoredPosting>> otherPostings, Cause cause)
      implements OfSubAccount {}

  /**
   * A provider took fees. Source: {@link ChainEvent.Settled}.
   *
   * @param otherAsked the amount that the provider asked for; absent where it is {@code amount}
   * @param amount the amount that the provider received
   */
  record FeesSettled(WalletAddress owner, WalletAddress provider, ServiceName service,
      @JsonProperty("asked") Optional<Neuron> otherAsked, Neuron amount, Optional<SettlementNonce> nonce,
      Optional<Evidence.SettlementSignature> signed, Optional<List<RefundReduction>> reduced, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {
    public FeesSettled {
      otherAsked = otherAsked.filter(asked -> !asked.equals(amount));
    }

    public Neuron asked() {
      return otherAsked.orElse(amount);
    }

    /** asked − amount: the contract stores no debt. */
    public Neuron writtenOff() {
      return asked().minusOrZero(amount);
    }
  }

  /** A provider asked for fees and received nothing. Source: {@link ChainEvent.SettlementRejected}. */
  record SettlementRejected(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked,
      Rejection rejection, Optional<SettlementNonce> nonce, Optional<Evidence.SettlementSignature> signed,
      Balances after, Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /**
   * The owner withdrew to the wallet.
   *
   * @param closed whether total became zero, which closes the ledger
   */
  record FundsWithdrawn(WalletAddress owner, Neuron amount, boolean closed, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements Booked {}

  /** Source: {@link ChainEvent.SubAccountClosed}. */
  record SubAccountClosed(WalletAddress owner, WalletAddress provider, ServiceName service, Balances after,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /** Source: {@link ChainEvent.LedgerClosed}. */
  record LedgerClosed(WalletAddress owner, Balances after, Optional<List<StoredPosting>> otherPostings, Cause cause)
      implements Booked {}

  /** Source: {@link ChainEvent.ProviderAcknowledged}. */
  record ProviderAcknowledged(WalletAddress owner, WalletAddress provider, ServiceName service, boolean acknowledged,
      Balances after, Optional<List<StoredPosting>> otherPostings, Cause cause) implements OfSubAccount {}

  /** Indexing started with this state. Source: {@link ChainEvent.Opening}. */
  record LedgerOpenedFromSnapshot(WalletAddress owner, LedgerState state, Optional<List<StoredPosting>> otherPostings,
      Cause cause) implements Assigned {}

  /**
   * The stored state differed from the contract's and now equals it. Source: {@link ChainEvent.StateObserved}.
   *
   * @param run the name of the reconciliation
   */
  record LedgerRestated(WalletAddress owner, String run, LedgerState state, Optional<List<StoredPosting>> otherPostings,
      Cause cause) implements Assigned {}

  /**
   * The chain retracted its blocks from {@code fromBlock} on.
   *
   * @param state the chain state before that block, complete
   * @param otherPostings the negated sum of the retracted entries
   */
  record LedgerRewound(WalletAddress owner, long fromBlock, LedgerState state,
      Optional<List<StoredPosting>> otherPostings, Cause cause) implements Assigned {}

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

  /** A decision about a chain fact that broke a rule; it survives forks. */
  sealed interface BreachDecision extends LedgerEvent {
    String key();

    /** The reason, 1 to 2,000 characters. */
    String reason();

    /** The caller who decided, 1 to 200 characters. */
    String by();

    /** The time by the service's clock. */
    Instant at();
  }

  /**
   * An operator closed a discrepancy; the resolution survives forks.
   *
   * @param by the operator's name, as given
   * @param at the time by the service's clock
   */
  record DiscrepancyResolved(WalletAddress owner, String key, String reason, String by, Instant at)
      implements BreachDecision {}

  /**
   * What was decided about a broken rule before counts no longer: the discrepancy is open again.
   *
   * @param reason 1 to 2,000 characters
   * @param by the caller who decided, 1 to 200 characters
   * @param at the time by the service's clock
   */
  record DiscrepancyResolutionRevoked(WalletAddress owner, String key, String reason, String by, Instant at)
      implements BreachDecision {}
}
