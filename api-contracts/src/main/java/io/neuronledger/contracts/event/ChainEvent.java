package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A fact on the chain, independent of the contracts that emitted it. The enclosing {@code ChainRecord} holds position,
 * time and evidence. A confirmed fact is recorded, never refused.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChainEvent.Deposit.class, name = EventNames.Chain.DEPOSIT),
    @JsonSubTypes.Type(value = ChainEvent.Transfer.class, name = EventNames.Chain.TRANSFER),
    @JsonSubTypes.Type(value = ChainEvent.RefundRequested.class, name = EventNames.Chain.REFUND_REQUESTED),
    @JsonSubTypes.Type(value = ChainEvent.Settled.class, name = EventNames.Chain.SETTLED),
    @JsonSubTypes.Type(value = ChainEvent.SettlementRejected.class, name = EventNames.Chain.SETTLEMENT_REJECTED),
    @JsonSubTypes.Type(value = ChainEvent.Withdraw.class, name = EventNames.Chain.WITHDRAW),
    @JsonSubTypes.Type(value = ChainEvent.SubAccountClosed.class, name = EventNames.Chain.SUB_ACCOUNT_CLOSED),
    @JsonSubTypes.Type(value = ChainEvent.LedgerClosed.class, name = EventNames.Chain.LEDGER_CLOSED),
    @JsonSubTypes.Type(value = ChainEvent.ProviderAcknowledged.class, name = EventNames.Chain.PROVIDER_ACKNOWLEDGED),
    @JsonSubTypes.Type(value = ChainEvent.Opening.class, name = EventNames.Chain.OPENING),
    @JsonSubTypes.Type(value = ChainEvent.StateObserved.class, name = EventNames.Chain.STATE_OBSERVED),
    @JsonSubTypes.Type(value = ChainEvent.ReconciliationEnded.class, name = EventNames.Chain.RECONCILIATION_ENDED),
    @JsonSubTypes.Type(value = ChainEvent.DeploymentDeclared.class, name = EventNames.Chain.DEPLOYMENT_DECLARED),
    @JsonSubTypes.Type(value = ChainEvent.BlockSealed.class, name = EventNames.Chain.BLOCK_SEALED),
    @JsonSubTypes.Type(value = ChainEvent.BranchRetracted.class, name = EventNames.Chain.BRANCH_RETRACTED),
    @JsonSubTypes.Type(value = ChainEvent.ServiceRegistered.class, name = EventNames.Chain.SERVICE_REGISTERED),
    @JsonSubTypes.Type(value = ChainEvent.LockPeriodSet.class, name = EventNames.Chain.LOCK_PERIOD_SET),
    @JsonSubTypes.Type(value = ChainEvent.PriceSet.class, name = EventNames.Chain.PRICE_SET)})
public sealed interface ChainEvent {
  /** A fact about one owner, published in the owner's partition. */
  sealed interface OwnerFact extends ChainEvent {
    WalletAddress owner();
  }

  /** A fact about one sub-account of an owner. */
  sealed interface SubAccountFact extends OwnerFact {
    WalletAddress provider();

    ServiceName service();

    default SubAccountId subAccount() {
      return new SubAccountId(owner(), provider(), service());
    }
  }

  /** A fact about all owners: one copy in every partition, in order; a seal only in those that it is due in. */
  sealed interface Broadcast extends ChainEvent {}

  /** {@code payer} deposited {@code amount} into the owner's ledger. Opens it when absent or closed. */
  record Deposit(WalletAddress owner, WalletAddress payer, Neuron amount) implements OwnerFact {}

  /**
   * Money moved between the ledger and a sub-account.
   *
   * @param toProvider true: {@code amount} left the ledger for the sub-account and {@code cancelled} was taken out of
   *     its pending refunds, newest first; either may be zero, and both. False: {@code amount} of claimable refunds
   *     returned to the ledger, oldest first, and {@code cancelled} is zero
   */
  record Transfer(WalletAddress owner, WalletAddress provider, ServiceName service, boolean toProvider, Neuron amount,
      Neuron cancelled) implements SubAccountFact {}

  /** The owner requested a refund of {@code amount} from a sub-account, at block time. */
  record RefundRequested(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron amount)
      implements SubAccountFact {}

  /**
   * The provider asked {@code asked} and received {@code amount}, less where the balance was short. Pending refunds,
   * newest first, covered the excess over the free part.
   *
   * @param provider the zero address where nothing was taken and the provider is unknown: the calling contract is
   *     not visible
   * @param nonce the provider's nonce, where the contract reports it
   * @param signed the signature, where the settling call is visible and carries one
   */
  record Settled(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked, Neuron amount,
      Optional<SettlementNonce> nonce, Optional<Evidence.SettlementSignature> signed) implements SubAccountFact {
    /** Of a contract without signatures. */
    public Settled(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked, Neuron amount,
        Optional<SettlementNonce> nonce) {
      this(owner, provider, service, asked, amount, nonce, Optional.empty());
    }
  }

  /**
   * The provider asked {@code asked} and got nothing. No postings, opens nothing, no discrepancy.
   *
   * @param provider the zero address where the provider is unknown: the calling contract is not visible
   * @param signed as for {@link Settled}
   */
  record SettlementRejected(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked,
      Rejection rejection, Optional<SettlementNonce> nonce, Optional<Evidence.SettlementSignature> signed)
      implements SubAccountFact {
    /**
     * Of a contract without signatures.
     *
     * @param reason as exact as it is known
     */
    public SettlementRejected(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked,
        RejectionReason reason, Optional<SettlementNonce> nonce) {
      this(owner, provider, service, asked, Rejection.of(reason), nonce, Optional.empty());
    }
  }

  /** {@code amount} left the ledger for the owner's wallet. When total becomes zero the ledger closes. */
  record Withdraw(WalletAddress owner, Neuron amount) implements OwnerFact {}

  /** The contract dropped the sub-account. */
  record SubAccountClosed(WalletAddress owner, WalletAddress provider, ServiceName service)
      implements SubAccountFact {}

  /** The contract dropped the ledger. */
  record LedgerClosed(WalletAddress owner) implements OwnerFact {}

  /** The owner accepts, or no longer accepts, settlements signed by the provider. */
  record ProviderAcknowledged(WalletAddress owner, WalletAddress provider, ServiceName service, boolean acknowledged)
      implements SubAccountFact {}

  /** The owner's complete state at the block where indexing starts. */
  record Opening(WalletAddress owner, ObservedLedger state) implements OwnerFact {}

  /**
   * The owner's complete state, as the contract returns it at the preceding sealed block, for comparison.
   *
   * @param run the name of the reconciliation
   */
  record StateObserved(WalletAddress owner, ObservedLedger state, String run) implements OwnerFact {}

  /**
   * Every partition holds all observed states of this run: those of all owners that the contract or the indexer
   * knows, at the preceding sealed block.
   *
   * @param owners the number of states, over all partitions; each that differed follows as a restatement with the
   *     run's name
   * @param held the native balance of the ledgers' contract at that block
   * @param owed the sum of its ledgers; at most {@code held}, where no money is lost
   */
  record ReconciliationEnded(String run, long owners, Neuron held, Neuron owed) implements Broadcast {}

  /**
   * The first record of every partition: the indexed deployment. A partition of another deployment is refused.
   */
  record DeploymentDeclared(Deployment deployment) implements Broadcast {}

  /**
   * This partition holds every event up to this block. The record holds the block's number, hash and time. It ends the
   * block's records of a partition; a block without any is sealed there only where its time ends a refund's lock.
   *
   * @param finalizedBlock the highest final block at that time; −1 where none is
   */
  record BlockSealed(long finalizedBlock) implements Broadcast {
    /** Whether {@code block} is at or below the finality known at this seal. */
    public boolean covers(long block) {
      return block <= finalizedBlock;
    }
  }

  /**
   * The blocks from {@code fromBlock} on are no longer part of the chain; later records belong to {@code branch}.
   *
   * @param fromBlock the first retracted block
   * @param branch the new value of the fork counter, one more than before
   */
  record BranchRetracted(long fromBlock, int branch) implements Broadcast {}

  /** A service was registered, with its initial lock period. */
  record ServiceRegistered(ServiceName service, Duration lockPeriod) implements Broadcast {}

  /** The service's lock period from this position on, for pending refunds too. */
  record LockPeriodSet(ServiceName service, Duration lockPeriod) implements Broadcast {}

  /**
   * The provider's price for a service from this position on.
   *
   * @param price absent: the provider no longer offers the service
   */
  record PriceSet(WalletAddress provider, ServiceName service, Optional<ServicePrice> price) implements Broadcast {}
}
