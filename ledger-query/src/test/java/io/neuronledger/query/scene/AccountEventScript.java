package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.PendingRefund;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes one partition: each call is a chain fact, told as ledger-command would tell it. Beside it a straightforward model:
 * a copy of every state at every sealed block.
 */
public final class AccountEventScript {
  private final PartitionStream stream;
  private final Map<WalletAddress, LedgerState> states = new HashMap<>();
  private final Set<WalletAddress> everOpen = new HashSet<>();
  private final Map<ServiceName, Duration> terms = new HashMap<>();
  private final NavigableMap<Long, Sealed> sealed = new TreeMap<>();
  private long block;
  private int branch;
  private int nth;
  private long finalized = -1;

  /** What the model remembers of a sealed block. */
  public record Sealed(long block, int branch, Map<WalletAddress, LedgerState> states, Set<WalletAddress> everOpen,
      Map<ServiceName, Duration> terms) {}

  public AccountEventScript(int partition, long startBlock) {
    this.stream = new PartitionStream(partition);
    this.block = startBlock;
  }

  public AccountEventScript declare(int partitions) {
    stream.add(new PartitionEvent.DeploymentDeclared(new Deployment(PartitionStream.CHAIN_ID, "account-ledger",
        List.of(Wallets.wallet(0)), block, 1, partitions)));
    return this;
  }

  /** A scribe at block 1 of a partition that has begun. */
  public static AccountEventScript begun(int partition, int partitions) {
    return new AccountEventScript(partition, 1).declare(partitions);
  }

  public AccountEventScript seal() {
    stream.add(new PartitionEvent.BlockSealed(block, Chain.blockHash(block, branch), Chain.blockTime(block), branch,
        finalized));
    sealed.put(block, new Sealed(block, branch, Map.copyOf(states), Set.copyOf(everOpen), Map.copyOf(terms)));
    block++;
    nth = 0;
    return this;
  }

  public AccountEventScript seal(int blocks) {
    for (int i = 0; i < blocks; i++) {
      seal();
    }
    return this;
  }

  public AccountEventScript finality(long finalizedBlock) {
    finalized = finalizedBlock;
    return this;
  }

  public AccountEventScript lockPeriod(ServiceName service, Duration period) {
    terms.put(service, period);
    stream.add(new PartitionEvent.ServiceTermsSet(service, period, new ChainPosition(block, nth++, 0), branch));
    return this;
  }

  /** The blocks from {@code fromBlock} on are gone; every ledger that had something there is rewound. */
  public AccountEventScript retract(long fromBlock) {
    branch++;
    Map<WalletAddress, LedgerState> gone = new HashMap<>(states);
    Sealed kept = Optional.ofNullable(sealed.lowerEntry(fromBlock)).map(Map.Entry::getValue)
        .orElse(new Sealed(fromBlock - 1, 0, Map.of(), Set.of(), Map.of()));
    stream.add(new PartitionEvent.BranchRetracted(fromBlock, branch));
    Set<WalletAddress> touched = stream.ownersFrom(fromBlock);
    sealed.tailMap(fromBlock, true).clear();
    states.clear();
    states.putAll(kept.states());
    everOpen.clear();
    everOpen.addAll(kept.everOpen());
    terms.clear();
    terms.putAll(kept.terms());
    block = fromBlock;
    nth = 0;
    touched.stream().sorted().forEach(owner -> {
      LedgerState back = states.getOrDefault(owner, States.UNOPENED);
      stream.add(new LedgerEvent.LedgerRewound(owner, fromBlock, back,
          States.difference(owner, gone.getOrDefault(owner, States.UNOPENED), back), cause()));
    });
    return this;
  }

  public AccountEventScript deposit(WalletAddress owner, Neuron amount) {
    LedgerState before = state(owner);
    LedgerState after = new LedgerState(true, before.available().plus(amount), before.subAccounts());
    set(owner, after);
    stream.add(new LedgerEvent.FundsDeposited(owner, owner, amount, !before.open(), States.balances(after, Optional.empty()),
        Posting.moved(Posting.OUTSIDE, Posting.ledger(owner), amount), cause()));
    return this;
  }

  public AccountEventScript withdraw(WalletAddress owner, Neuron amount) {
    LedgerState before = state(owner);
    Neuron left = before.available().minus(amount);
    boolean closes = left.isZero() && States.locked(before).isZero();
    LedgerState after = new LedgerState(!closes, left, closes ? List.of() : before.subAccounts());
    set(owner, after);
    stream.add(new LedgerEvent.FundsWithdrawn(owner, amount, closes, States.balances(after, Optional.empty()),
        Posting.moved(Posting.ledger(owner), Posting.OUTSIDE, amount), cause()));
    return this;
  }

  public AccountEventScript transfer(SubAccountId id, Neuron amount) {
    LedgerState before = state(id.owner());
    SubAccountState old = States.subAccount(before, id);
    SubAccountState now = new SubAccountState(id.provider(), id.service(), true, old.balance().plus(amount),
        old.acknowledged(), old.refunds());
    LedgerState after = States.with(before, before.available().minus(amount), now);
    set(id.owner(), after);
    stream.add(new LedgerEvent.FundsTransferred(id.owner(), id, amount, Neuron.ZERO, !old.open(), List.of(),
        States.balances(after, Optional.of(now)),
        Posting.moved(Posting.ledger(id.owner()), Posting.subAccount(id), amount), cause()));
    return this;
  }

  /** Asks {@code amount} back. */
  public AccountEventScript request(SubAccountId id, Neuron amount) {
    LedgerState before = state(id.owner());
    SubAccountState old = States.subAccount(before, id);
    Cause cause = cause();
    RefundId refund = new RefundId(cause.position(), branch, 0);
    List<PendingRefund> refunds = new ArrayList<>(old.refunds());
    refunds.add(new PendingRefund(refund, amount, cause.blockTime(), false));
    SubAccountState now =
        new SubAccountState(id.provider(), id.service(), true, old.balance(), old.acknowledged(), refunds);
    LedgerState after = States.with(before, before.available(), now);
    set(id.owner(), after);
    stream.add(new LedgerEvent.RefundRequested(id.owner(), id, refund, amount, cause.blockTime(),
        States.balances(after, Optional.of(now)), List.of(), cause));
    return this;
  }

  /** The provider takes {@code amount} of what is free. */
  public AccountEventScript settle(SubAccountId id, Neuron amount) {
    return settle(id, amount, Neuron.ZERO);
  }

  /** The provider takes {@code amount} of what is free, and does not get {@code writtenOff}. */
  public AccountEventScript settle(SubAccountId id, Neuron amount, Neuron writtenOff) {
    LedgerState before = state(id.owner());
    SubAccountState old = States.subAccount(before, id);
    SubAccountState now = new SubAccountState(id.provider(), id.service(), true, old.balance().minus(amount),
        old.acknowledged(), old.refunds());
    LedgerState after = States.with(before, before.available(), now);
    set(id.owner(), after);
    stream.add(new LedgerEvent.FeesSettled(id.owner(), id, amount.plus(writtenOff), amount, writtenOff,
        Optional.empty(), List.of(), States.balances(after, Optional.of(now)),
        Posting.moved(Posting.subAccount(id), Posting.provider(id.provider()), amount), cause()));
    return this;
  }

  /** The state is now this, because a comparison with the contract said so. */
  public AccountEventScript restate(WalletAddress owner, LedgerState state) {
    LedgerState before = state(owner);
    long observed = block - 1;
    set(owner, state);
    sealed.computeIfPresent(observed, (_, old) -> {
      Map<WalletAddress, LedgerState> corrected = new HashMap<>(old.states());
      corrected.put(owner, state);
      return new Sealed(old.block(), old.branch(), corrected, Set.copyOf(everOpen), old.terms());
    });
    stream.add(new LedgerEvent.LedgerRestated(owner, "run-1", state, States.difference(owner, before, state),
        new Cause(ChainPosition.endOf(observed, 1), branch, Chain.blockHash(observed, branch),
            Chain.blockTime(observed), Optional.empty())));
    return this;
  }

  /** An event that this scribe has no word for. */
  public AccountEventScript add(AccountEvent event) {
    stream.add(event);
    return this;
  }

  public Cause cause() {
    return Chain.cause(block, branch, nth++);
  }

  public LedgerState state(WalletAddress owner) {
    return states.getOrDefault(owner, States.UNOPENED);
  }

  private void set(WalletAddress owner, LedgerState state) {
    states.put(owner, state);
    if (state.open()) {
      everOpen.add(owner);
    }
  }

  public PartitionStream stream() {
    return stream;
  }

  public List<AccountRecord> records() {
    return stream.records();
  }

  /** The sealed blocks that stand, with the states they left. */
  public NavigableMap<Long, Sealed> sealed() {
    return sealed;
  }

  /** The block that is being written. */
  public long block() {
    return block;
  }

  public int branch() {
    return branch;
  }
}
