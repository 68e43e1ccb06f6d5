package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The ledgers of LedgerManager: what comes in, goes out, and closes. */
final class LedgerReplay {
  private final ContractModel books;
  private final BlockRef block;
  private final BlockReadings readings;
  private final Invariants rules;
  private final NegativeBalances shortfalls;
  /** Whose ledger is being closed: the logs of its sub-accounts follow, then it is told. */
  private Optional<Closing> closing = Optional.empty();

  /** @param certain whether the contract did it because it was asked to; otherwise because nothing seemed to be left */
  private record Closing(WalletAddress owner, Evidence evidence, boolean certain) {}

  LedgerReplay(ContractModel books, BlockRef block, BlockReadings readings, Invariants rules,
      NegativeBalances shortfalls) {
    this.books = books;
    this.block = block;
    this.readings = readings;
    this.rules = rules;
    this.shortfalls = shortfalls;
  }

  void deposited(WalletAddress owner, WalletAddress payer, Neuron amount) {
    boolean opens = books.ledger(owner).isEmpty();
    books.put(owner, entry(owner).both(amount.value()));
    readings.say(new ChainEvent.Deposit(owner, payer, amount));
    if (opens) {
      leftEmpty(owner).forEach(this::reopened);
    }
  }

  /** A sub-account that outlived the ledger's closing, where it was published as closed, is there again. */
  private void reopened(AccountKey key, ServiceInfo service) {
    readings.say(new ChainEvent.Transfer(key.user(), key.provider(), service.name(), true, Neuron.ZERO, Neuron.ZERO));
    if (books.account(key).filter(AccountState::acknowledged).isEmpty()) {
      readings.say(new ChainEvent.ProviderAcknowledged(key.user(), key.provider(), service.name(), false));
    }
  }

  void withdrawn(WalletAddress owner, Neuron amount) {
    Optional<LedgerState> before = books.ledger(owner);
    if (before.isEmpty()) {
      // The deposit that made it is among what is missing, also where nothing is withdrawn from it.
      shortfalls.note(owner, books.closings(owner), BigInteger.ONE.negate());
    }
    LedgerState after = before.orElse(LedgerState.EMPTY).both(amount.value().negate());
    put(owner, after);
    readings.say(new ChainEvent.Withdraw(owner, amount));
    if (after.total().signum() == 0) {
      close(owner, false);
    }
  }

  void deleted(WalletAddress owner) {
    Optional<LedgerState> ledger = books.ledger(owner);
    rules.must(ledger.isPresent() && ledger.get().total().signum() <= 0,
        () -> "the ledger of %s is deleted although it holds %s".formatted(owner, ledger.map(LedgerState::total)));
    // Less than nothing: a deposit that nobody saw is missing, which was spent since.
    ledger.ifPresent(before -> shortfalls.note(owner, books.closings(owner), before.total()));
    close(owner, true);
  }

  /** Money moved between the ledger and its sub-accounts. */
  void moved(WalletAddress owner, BigInteger change) {
    put(owner, entry(owner).available(change));
  }

  void spent(WalletAddress owner, Neuron amount) {
    books.settled(owner);
    books.put(owner, entry(owner).total(amount.value().negate()));
  }

  /**
   * A sub-account is being deleted, which only happens when its whole ledger goes. Where the call that did it was not
   * seen, everything available was withdrawn just before.
   */
  void closes(WalletAddress owner, Evidence.Log seen) {
    if (isClosing(owner) || books.ledger(owner).isEmpty()) {
      return;
    }
    Evidence inferred = books.amendments().filter(known -> known.to() != Long.MAX_VALUE).map(Corrections::evidence)
        .orElse(new Evidence.Snapshot(Math.max(0, block.number() - 1), block.number()));
    BigInteger rest = entry(owner).available();
    readings.next(inferred);
    if (entry(owner).total().signum() > 0) {
      readings.say(new ChainEvent.Withdraw(owner, new Neuron(rest.max(BigInteger.ZERO))));
    }
    close(owner, true);
    readings.next(seen);
  }

  boolean isClosing(WalletAddress owner) {
    return closing.filter(known -> known.owner().equals(owner)).isPresent();
  }

  /** The logs of the sub-accounts are over: tells the closing. */
  void endClosing() {
    closing.ifPresent(known -> {
      WalletAddress owner = known.owner();
      closing = Optional.empty();
      Map<AccountKey, ServiceInfo> leftEmpty = leftEmpty(owner);
      if (leftEmpty.size() < books.accounts(owner).size()) {
        // Closing deletes them. As it did not, something was left: somebody had deposited it, unseen.
        shortfalls.note(owner, books.closings(owner) - 1, BigInteger.ONE.negate());
      } else if (!leftEmpty.isEmpty() && !known.certain()) {
        shortfalls.leftEmpty(owner, books.closings(owner) - 1);
      }
      readings.next(known.evidence());
      leftEmpty.forEach((key, service) ->
          readings.say(new ChainEvent.SubAccountClosed(owner, key.provider(), service.name())));
      readings.say(new ChainEvent.LedgerClosed(owner));
      books.amendments().ifPresent(amendments -> missingDeposits(amendments, owner, books.closings(owner)));
    });
  }

  /**
   * The owner's sub-accounts with nothing in them. LedgerManager swallows a service's refusal to delete one: then it
   * stays in the service's own list although the ledger is gone.
   */
  private Map<AccountKey, ServiceInfo> leftEmpty(WalletAddress owner) {
    Map<AccountKey, ServiceInfo> empty = new LinkedHashMap<>();
    books.accounts(owner).forEach((key, account) -> books.service(key.service())
        .filter(_ -> account.balance().isZero()).ifPresent(service -> empty.put(key, service)));
    return empty;
  }

  void missingDeposits(Corrections amendments, int segment) {
    amendments.missing().deposits().stream().map(Corrections.MissingDeposit::owner).distinct()
        .forEach(owner -> missingDeposits(amendments, owner, segment));
  }

  private void missingDeposits(Corrections amendments, WalletAddress owner, int segment) {
    Neuron amount = amendments.deposit(owner, segment);
    if (!amount.isZero()) {
      readings.next(amendments.evidence());
      // Who paid is not known: the owner stands for it.
      deposited(owner, owner, amount);
    }
  }

  /** Something of the owner's is about to be settled. */
  void beforeSettlement(WalletAddress owner) {
    books.amendments().ifPresent(amendments -> withdraw(amendments, missing -> missing.owner().equals(owner)
        && missing.beforeSettlement() == books.settlements(owner)));
  }

  void missingWithdrawals(Corrections amendments) {
    withdraw(amendments, missing -> missing.beforeSettlement() == Corrections.MissingWithdrawal.AT_END);
  }

  private void withdraw(Corrections amendments, Predicate<Corrections.MissingWithdrawal> now) {
    for (Corrections.MissingWithdrawal missing : amendments.missing().withdrawals().stream().filter(now).toList()) {
      readings.next(amendments.evidence());
      if (!missing.amount().isZero()) {
        withdrawn(missing.owner(), missing.amount());
      }
      if (missing.closes() && books.ledger(missing.owner()).isPresent()) {
        close(missing.owner(), true);
      }
      endClosing();
    }
  }

  private void close(WalletAddress owner, boolean certain) {
    books.removeLedger(owner);
    books.closed(owner);
    closing = Optional.of(new Closing(owner, readings.evidence(), certain));
  }

  private LedgerState entry(WalletAddress owner) {
    return books.ledger(owner).orElse(LedgerState.EMPTY);
  }

  private void put(WalletAddress owner, LedgerState entry) {
    books.put(owner, entry);
    shortfalls.note(owner, books.closings(owner), entry.available());
  }
}
