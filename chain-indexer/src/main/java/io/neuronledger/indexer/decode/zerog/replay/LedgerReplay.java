package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.Invariants;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Replays the ledgers of LedgerManager: deposits, withdrawals and closings. */
final class LedgerReplay {
  private final ContractModel model;
  private final BlockRef block;
  private final BlockReadings readings;
  private final Invariants invariants;
  private final NegativeBalances negativeBalances;
  /** The ledger being closed: the logs of its sub-accounts follow, then the closing is emitted. */
  private Optional<Closing> closing = Optional.empty();

  /** @param certain whether a call closed it; otherwise it closed because the model has nothing left in it */
  private record Closing(WalletAddress owner, Evidence evidence, boolean certain) {}

  LedgerReplay(ContractModel model, BlockRef block, BlockReadings readings, Invariants invariants,
      NegativeBalances negativeBalances) {
    this.model = model;
    this.block = block;
    this.readings = readings;
    this.invariants = invariants;
    this.negativeBalances = negativeBalances;
  }

  void deposit(WalletAddress owner, WalletAddress payer, Neuron amount) {
    boolean opens = model.ledger(owner).isEmpty();
    model.put(owner, entry(owner).both(amount.value()));
    readings.emit(new ChainEvent.Deposit(owner, payer, amount));
    if (opens) {
      leftEmpty(owner).forEach(this::reopen);
    }
  }

  /** Emits again a sub-account that outlived its ledger and was published as closed. */
  private void reopen(AccountKey key, ServiceInfo service) {
    readings.emit(new ChainEvent.Transfer(key.user(), key.provider(), service.name(), true, Neuron.ZERO, Neuron.ZERO));
    if (model.account(key).filter(AccountState::acknowledged).isEmpty()) {
      readings.emit(new ChainEvent.ProviderAcknowledged(key.user(), key.provider(), service.name(), false));
    }
  }

  void withdraw(WalletAddress owner, Neuron amount) {
    Optional<LedgerState> before = model.ledger(owner);
    if (before.isEmpty()) {
      // The deposit that opened the ledger is missing, even for a withdrawal of zero.
      negativeBalances.record(owner, model.closings(owner), BigInteger.ONE.negate());
    }
    LedgerState after = before.orElse(LedgerState.EMPTY).both(amount.value().negate());
    put(owner, after);
    readings.emit(new ChainEvent.Withdraw(owner, amount));
    if (after.total().signum() == 0) {
      close(owner, false);
    }
  }

  void delete(WalletAddress owner) {
    Optional<LedgerState> ledger = model.ledger(owner);
    invariants.require(ledger.isPresent() && ledger.get().total().signum() <= 0,
        () -> "the ledger of %s is deleted although it holds %s".formatted(owner, ledger.map(LedgerState::total)));
    // A negative total: an unseen deposit is missing and was spent since.
    ledger.ifPresent(before -> negativeBalances.record(owner, model.closings(owner), before.total()));
    close(owner, true);
  }

  /** Moves money between the ledger and its sub-accounts. */
  void move(WalletAddress owner, BigInteger change) {
    put(owner, entry(owner).available(change));
  }

  void spend(WalletAddress owner, Neuron amount) {
    model.countSettlement(owner);
    model.put(owner, entry(owner).total(amount.value().negate()));
  }

  /**
   * Closes the ledger whose sub-account is being deleted, which only happens when the whole ledger closes. Where the
   * call was not seen, everything available was withdrawn just before.
   */
  void closeInferred(WalletAddress owner, Evidence.Log seen) {
    if (isClosing(owner) || model.ledger(owner).isEmpty()) {
      return;
    }
    Evidence inferred = model.corrections().filter(known -> known.to() != Long.MAX_VALUE).map(Corrections::evidence)
        .orElse(new Evidence.Snapshot(Math.max(0, block.number() - 1), block.number()));
    BigInteger rest = entry(owner).available();
    readings.next(inferred);
    if (entry(owner).total().signum() > 0) {
      readings.emit(new ChainEvent.Withdraw(owner, new Neuron(rest.max(BigInteger.ZERO))));
    }
    close(owner, true);
    readings.next(seen);
  }

  boolean isClosing(WalletAddress owner) {
    return closing.filter(known -> known.owner().equals(owner)).isPresent();
  }

  /** Ends a closing after the logs of its sub-accounts, and emits it. */
  void endClosing() {
    closing.ifPresent(known -> {
      WalletAddress owner = known.owner();
      closing = Optional.empty();
      Map<AccountKey, ServiceInfo> leftEmpty = leftEmpty(owner);
      if (leftEmpty.size() < model.accounts(owner).size()) {
        // Closing deletes empty sub-accounts. They remained, so the ledger was not empty: an unseen deposit is missing.
        negativeBalances.record(owner, model.closings(owner) - 1, BigInteger.ONE.negate());
      } else if (!leftEmpty.isEmpty() && !known.certain()) {
        negativeBalances.leftEmpty(owner, model.closings(owner) - 1);
      }
      readings.next(known.evidence());
      leftEmpty.forEach((key, service) ->
          readings.emit(new ChainEvent.SubAccountClosed(owner, key.provider(), service.name())));
      readings.emit(new ChainEvent.LedgerClosed(owner));
      model.corrections().ifPresent(corrections -> applyMissingDeposits(corrections, owner, model.closings(owner)));
    });
  }

  /**
   * The owner's empty sub-accounts. LedgerManager ignores a service's refusal to delete one: it stays in the service's
   * list although the ledger is closed.
   */
  private Map<AccountKey, ServiceInfo> leftEmpty(WalletAddress owner) {
    Map<AccountKey, ServiceInfo> empty = new LinkedHashMap<>();
    model.accounts(owner).forEach((key, account) -> model.service(key.service())
        .filter(_ -> account.balance().isZero()).ifPresent(service -> empty.put(key, service)));
    return empty;
  }

  void applyMissingDeposits(Corrections corrections, int segment) {
    corrections.missing().deposits().stream().map(Corrections.MissingDeposit::owner).distinct()
        .forEach(owner -> applyMissingDeposits(corrections, owner, segment));
  }

  private void applyMissingDeposits(Corrections corrections, WalletAddress owner, int segment) {
    Neuron amount = corrections.deposit(owner, segment);
    if (!amount.isZero()) {
      readings.next(corrections.evidence());
      // The payer is unknown: the owner takes its place.
      deposit(owner, owner, amount);
    }
  }

  /** Applies missing withdrawals that precede the owner's next settlement. */
  void beforeSettlement(WalletAddress owner) {
    model.corrections().ifPresent(corrections -> withdraw(corrections, missing -> missing.owner().equals(owner)
        && missing.beforeSettlement() == model.settlements(owner)));
  }

  void applyMissingWithdrawals(Corrections corrections) {
    withdraw(corrections, missing -> missing.beforeSettlement() == Corrections.MissingWithdrawal.AT_END);
  }

  private void withdraw(Corrections corrections, Predicate<Corrections.MissingWithdrawal> now) {
    for (Corrections.MissingWithdrawal missing : corrections.missing().withdrawals().stream().filter(now).toList()) {
      readings.next(corrections.evidence());
      if (!missing.amount().isZero()) {
        withdraw(missing.owner(), missing.amount());
      }
      if (missing.closes() && model.ledger(missing.owner()).isPresent()) {
        close(missing.owner(), true);
      }
      endClosing();
    }
  }

  private void close(WalletAddress owner, boolean certain) {
    model.removeLedger(owner);
    model.countClosing(owner);
    closing = Optional.of(new Closing(owner, readings.evidence(), certain));
  }

  private LedgerState entry(WalletAddress owner) {
    return model.ledger(owner).orElse(LedgerState.EMPTY);
  }

  private void put(WalletAddress owner, LedgerState entry) {
    model.put(owner, entry);
    negativeBalances.record(owner, model.closings(owner), entry.available());
  }
}
