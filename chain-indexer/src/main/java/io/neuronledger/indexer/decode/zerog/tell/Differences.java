package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.books.AccountKey;
import io.neuronledger.indexer.decode.zerog.books.Amendments;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.books.LedgerEntry;
import io.neuronledger.indexer.decode.zerog.fold.CodeCheck;
import io.neuronledger.indexer.decode.zerog.fold.Shortfalls;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerState;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what an interval's logs, calls and traces do not tell: by comparing what comes out of them with the ledgers as
 * the contract lists them behind the interval. What is found makes both equal, to the neuron.
 */
final class Differences {
  private static final Logger log = LoggerFactory.getLogger(Differences.class);
  /** Each round finds at least one more deposit; an interval in which one ledger closes this often is no real one. */
  private static final int ROUNDS_MAX = 50;

  private final WalletAddress manager;
  private final ChainNode node;
  private final BlockActs acts;
  private final CodeCheck codeCheck;

  Differences(WalletAddress manager, ChainNode node, BlockActs acts, CodeCheck codeCheck) {
    this.manager = manager;
    this.node = node;
    this.acts = acts;
    this.codeCheck = codeCheck;
  }

  /**
   * @param books as they are before the interval
   * @param coins what LedgerManager holds behind it
   * @param traced whether everything has been looked into that can be
   * @param since the last block before the interval up to which nothing is missing
   * @throws RpcFailure if the logs and the state contradict each other: then the node has not told everything
   */
  Amendments between(Interval interval, Books books, Neuron coins, boolean traced, long since) {
    StateReader reader = new StateReader(manager, node, interval.to());
    StateReader.Silent state = reader.silent(interval.services(books));
    SortedMap<WalletAddress, LedgerState> ledgers = state.ledgers();
    Amendments nothing = new Amendments(Math.max(0, since), interval.from(), interval.to().number(),
        interval.to().hash().toString(), traced, Amendments.Finding.COMPARED,
        surplus(interval, books, coins, ledgers, reader), Amendments.Missing.NOTHING, Collections.emptySortedSet());
    Map<Shortfalls.Segment, BigInteger> deposits = new HashMap<>();
    Trial settled = settle(interval, books, ledgers, deposits, nothing);
    Amendments.Missing money = missing(deposits).with(withdrawals(settled.books(), ledgers));
    Trial paid = trial(interval, books, nothing.missing(money));
    Amendments found = nothing.missing(money.and(acknowledgements(paid.books(), state.acknowledgements())));
    Trial whole = trial(interval, books, found);
    verify(interval, whole, ledgers);
    // Before the interval nobody may have looked into the calls: then it is not this interval that explains nothing.
    boolean unexplained = traced && whole.untraced().isEmpty() && since >= interval.from() - 1
        && !found.missing().equals(Amendments.Missing.NOTHING);
    return found.untraced(whole.untraced())
        .finding(unexplained ? Amendments.Finding.UNEXPLAINED : Amendments.Finding.COMPARED);
  }

  /** The coins that nobody deposited: never less than before. */
  private BigInteger surplus(Interval interval, Books books, Neuron coins,
      SortedMap<WalletAddress, LedgerState> ledgers, StateReader reader) {
    BigInteger held = ledgers.values().stream().map(ledger -> ledger.available().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger surplus = coins.value().subtract(held);
    BigInteger known = books.surplus().orElseThrow();
    if (surplus.compareTo(known) < 0) {
      throw contradiction(interval, "LedgerManager holds " + coins + ", its ledgers " + held + ", and " + known
          + " more had been forced in");
    }
    if (surplus.compareTo(known) > 0) {
      reader.confirm(coins);
      log.warn("LedgerManager holds {} neuron behind block {} that nobody deposited: forced in", surplus,
          interval.to());
    }
    return surplus;
  }

  private Trial trial(Interval interval, Books books, Amendments amendments) {
    return Trial.of(interval, books, amendments, manager, acts, codeCheck);
  }

  /** Adds deposits until nothing goes below zero and nobody has less than the contract says. */
  private Trial settle(Interval interval, Books books, SortedMap<WalletAddress, LedgerState> ledgers,
      Map<Shortfalls.Segment, BigInteger> deposits, Amendments nothing) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      // Without an end the closings stay counted: they tell which part of the interval a deposit belongs to.
      Trial trial = trial(interval, books, nothing.missing(missing(deposits)).endless());
      Map<Shortfalls.Segment, BigInteger> more = new HashMap<>(trial.shortfalls().all());
      // A ledger that the contract still knows, and whose sub-accounts are all there, had something left in it.
      trial.shortfalls().leftEmpty().stream().filter(segment -> ledgers.containsKey(segment.owner()))
          .forEach(segment -> more.putIfAbsent(segment, BigInteger.ONE));
      if (more.isEmpty()) {
        ledgers.forEach((owner, ledger) -> {
          BigInteger missing = ledger.available().value().subtract(available(trial.books(), owner));
          if (missing.signum() > 0) {
            more.put(new Shortfalls.Segment(owner, trial.books().closings(owner)), missing);
          }
        });
      }
      if (more.isEmpty()) {
        return trial;
      }
      more.forEach((segment, amount) -> deposits.merge(segment, amount, BigInteger::add));
    }
    throw contradiction(interval, "no deposits make its logs possible");
  }

  private static List<Amendments.MissingAcknowledgement> acknowledgements(Books books,
      Map<AccountKey, Boolean> contracts) {
    return contracts.entrySet().stream()
        .filter(each -> books.account(each.getKey()).filter(ours -> ours.acknowledged() != each.getValue()).isPresent())
        .map(each -> new Amendments.MissingAcknowledgement(each.getKey(), each.getValue()))
        .sorted(Comparator.comparing((Amendments.MissingAcknowledgement each) -> each.account().user())
            .thenComparing(each -> each.account().provider()).thenComparing(each -> each.account().service()))
        .toList();
  }

  private static Amendments.Missing missing(Map<Shortfalls.Segment, BigInteger> deposits) {
    List<Amendments.MissingDeposit> missing = new ArrayList<>();
    deposits.forEach((segment, amount) ->
        missing.add(new Amendments.MissingDeposit(segment.owner(), segment.number(), new Neuron(amount))));
    missing.sort(Comparator.comparing(Amendments.MissingDeposit::owner)
        .thenComparingInt(Amendments.MissingDeposit::segment));
    return new Amendments.Missing(missing, List.of(), List.of());
  }

  private static List<Amendments.MissingWithdrawal> withdrawals(Books books,
      SortedMap<WalletAddress, LedgerState> ledgers) {
    List<Amendments.MissingWithdrawal> missing = new ArrayList<>();
    books.ledgers().forEach((owner, entry) -> {
      Optional<LedgerState> ledger = Optional.ofNullable(ledgers.get(owner));
      BigInteger left = ledger.map(state -> state.available().value()).orElse(BigInteger.ZERO);
      BigInteger gone = entry.available().subtract(left);
      if (gone.signum() > 0 || ledger.isEmpty()) {
        boolean emptied = ledger.isPresent() && ledger.get().total().isZero();
        int settlement = emptied ? books.settlements(owner) - 1 : Amendments.MissingWithdrawal.AT_END;
        missing.add(new Amendments.MissingWithdrawal(owner, new Neuron(gone), ledger.isEmpty(), settlement));
      }
    });
    return missing;
  }

  private void verify(Interval interval, Trial trial, SortedMap<WalletAddress, LedgerState> ledgers) {
    SortedMap<WalletAddress, LedgerEntry> ours = trial.books().ledgers();
    SortedSet<WalletAddress> owners = new TreeSet<>(ours.keySet());
    owners.addAll(ledgers.keySet());
    for (WalletAddress owner : owners) {
      Optional<String> expected = Optional.ofNullable(ledgers.get(owner))
          .map(ledger -> new LedgerEntry(ledger.available().value(), ledger.total().value()).toString());
      Optional<String> actual = Optional.ofNullable(ours.get(owner)).map(LedgerEntry::toString);
      if (!expected.equals(actual)) {
        throw contradiction(interval, "by its logs the ledger of " + owner + " has (available, total) "
            + actual.orElse("nothing") + ", by its state " + expected.orElse("nothing"));
      }
    }
    if (!trial.shortfalls().isEmpty()) {
      throw contradiction(interval, "something would go below zero: " + trial.shortfalls().all());
    }
  }

  private RpcFailure contradiction(Interval interval, String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": the logs and the state of blocks "
        + interval.from() + " to " + interval.to().number() + " contradict each other: " + what);
  }

  private static BigInteger available(Books books, WalletAddress owner) {
    return books.ledger(owner).map(LedgerEntry::available).orElse(BigInteger.ZERO);
  }
}
