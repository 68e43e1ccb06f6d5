package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What happened on the chain, independent of which contracts said so. Where, when and how it is known stands in the
 * {@link ChainRecord} around it. A confirmed fact: it is recorded, never refused.
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
    @JsonSubTypes.Type(value = ChainEvent.LockPeriodSet.class, name = EventNames.Chain.LOCK_PERIOD_SET)})
public sealed interface ChainEvent {
  /** What concerns one owner: it travels in that owner's partition. */
  sealed interface OwnerFact extends ChainEvent {
    WalletAddress owner();
  }

  /** What concerns one sub-account of an owner. */
  sealed interface SubAccountFact extends OwnerFact {
    WalletAddress provider();

    ServiceName service();

    default SubAccountId subAccount() {
      return new SubAccountId(owner(), provider(), service());
    }
  }

  /** What concerns everybody: one copy in every partition, in order. */
  sealed interface Broadcast extends ChainEvent {}

  /** {@code payer} put {@code amount} into the owner's ledger. Opens it when absent or closed. */
  record Deposit(WalletAddress owner, WalletAddress payer, Neuron amount) implements OwnerFact {}

  /**
   * Money moved between the ledger and a sub-account.
   *
   * @param toProvider true: {@code amount} left the ledger for the sub-account and {@code cancelled} was taken out of
   *     its pending refunds, newest first; either may be zero, and both. False: {@code amount} of claimable refunds
   *     came back, oldest first, and {@code cancelled} is zero
   */
  record Transfer(WalletAddress owner, WalletAddress provider, ServiceName service, boolean toProvider, Neuron amount,
      Neuron cancelled) implements SubAccountFact {}

  /** {@code amount} of a sub-account asked back at block time. */
  record RefundRequested(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron amount)
      implements SubAccountFact {}

  /**
   * The provider asked {@code asked} and took {@code amount}, less when the balance was short. What the free part did
   * not cover came out of pending refunds, newest first.
   *
   * @param provider the zero address where nothing was taken and nobody knows for whom: a contract asked, unseen
   * @param nonce the provider's number of it, where the contract tells
   */
  record Settled(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked, Neuron amount,
      Optional<SettlementNonce> nonce) implements SubAccountFact {}

  /**
   * The provider asked {@code asked} and got nothing. No postings, opens nothing, no discrepancy.
   *
   * @param provider the zero address where nobody knows who: a contract asked, unseen
   * @param reason as far as it is certain
   */
  record SettlementRejected(WalletAddress owner, WalletAddress provider, ServiceName service, Neuron asked,
      RejectionReason reason, Optional<SettlementNonce> nonce) implements SubAccountFact {}

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

  /** The owner's complete state where following starts. */
  record Opening(WalletAddress owner, ObservedLedger state) implements OwnerFact {}

  /**
   * The owner's complete state as the contract answers it at the sealed block before, for comparison.
   *
   * @param run names the reconciliation that asked
   */
  record StateObserved(WalletAddress owner, ObservedLedger state, String run) implements OwnerFact {}

  /**
   * Every state of this run has been said, in every partition: those of all owners that the contract or the indexer
   * knows, at the sealed block before.
   *
   * @param owners how many states, over all partitions; each that differed follows as a restatement with the run's name
   * @param held the coins that the contract of the ledgers holds at that block
   * @param owed what its ledgers say that it holds; never more than {@code held}, where nothing is lost
   */
  record ReconciliationEnded(String run, long owners, Neuron held, Neuron owed) implements Broadcast {}

  /**
   * The first record of every partition: what is being followed. A partition that belongs to another deployment is
   * refused.
   */
  record DeploymentDeclared(Deployment deployment) implements Broadcast {}

  /**
   * Everything of this block has been said in this partition. Which block, its hash and its time stand in the record.
   *
   * @param finalizedBlock the highest block known to be final then; −1 where none is
   */
  record BlockSealed(long finalizedBlock) implements Broadcast {
    /** Whether {@code block} is at or below the finality known at this seal. */
    public boolean covers(long block) {
      return block <= finalizedBlock;
    }
  }

  /**
   * The blocks from {@code fromBlock} on are no longer part of the chain; what follows belongs to {@code branch}.
   *
   * @param fromBlock the first retracted block
   * @param branch the new value of the fork counter, one more than before
   */
  record BranchRetracted(long fromBlock, int branch) implements Broadcast {}

  /** A service exists, with the lock period it starts with. */
  record ServiceRegistered(ServiceName service, Duration lockPeriod) implements Broadcast {}

  /** The service's lock period from here on, for refunds already waiting too. */
  record LockPeriodSet(ServiceName service, Duration lockPeriod) implements Broadcast {}
}
