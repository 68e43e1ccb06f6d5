package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerView;
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
final class StateDiff {
  private static final Logger log = LoggerFactory.getLogger(StateDiff.class);
  /** Each round finds at least one more deposit; an interval in which one ledger closes this often is no real one. */
  private static final int ROUNDS_MAX = 50;

  private final WalletAddress manager;
  private final ChainNode node;
  private final BlockActions acts;
  private final CodeCheck codeCheck;

  StateDiff(WalletAddress manager, ChainNode node, BlockActions acts, CodeCheck codeCheck) {
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
  Corrections between(BlockRange interval, ContractModel books, Neuron coins, boolean traced, long since) {
    StateReader reader = new StateReader(manager, node, interval.to());
    StateReader.Silent state = reader.silent(interval.services(books));
    SortedMap<WalletAddress, LedgerView> ledgers = state.ledgers();
    Corrections nothing = new Corrections(Math.max(0, since), interval.from(), interval.to().number(),
        interval.to().hash().toString(), traced, Corrections.Finding.COMPARED,
        surplus(interval, books, coins, ledgers, reader), Corrections.Missing.NOTHING, Collections.emptySortedSet());
    Map<NegativeBalances.Segment, BigInteger> deposits = new HashMap<>();
    DryRun settled = settle(interval, books, ledgers, deposits, nothing);
    Corrections.Missing money = missing(deposits).with(withdrawals(settled.books(), ledgers));
    DryRun paid = trial(interval, books, nothing.missing(money));
    Corrections found = nothing.missing(money.and(acknowledgements(paid.books(), state.acknowledgements())));
    DryRun whole = trial(interval, books, found);
    verify(interval, whole, ledgers);
    // Before the interval nobody may have looked into the calls: then it is not this interval that explains nothing.
    boolean unexplained = traced && whole.untraced().isEmpty() && since >= interval.from() - 1
        && !found.missing().equals(Corrections.Missing.NOTHING);
    return found.untraced(whole.untraced())
        .finding(unexplained ? Corrections.Finding.UNEXPLAINED : Corrections.Finding.COMPARED);
  }

  /** The coins that nobody deposited: never less than before. */
  private BigInteger surplus(BlockRange interval, ContractModel books, Neuron coins,
      SortedMap<WalletAddress, LedgerView> ledgers, StateReader reader) {
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

  private DryRun trial(BlockRange interval, ContractModel books, Corrections amendments) {
    return DryRun.of(interval, books, amendments, manager, acts, codeCheck);
  }

  /** Adds deposits until nothing goes below zero and nobody has less than the contract says. */
  private DryRun settle(BlockRange interval, ContractModel books, SortedMap<WalletAddress, LedgerView> ledgers,
      Map<NegativeBalances.Segment, BigInteger> deposits, Corrections nothing) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      // Without an end the closings stay counted: they tell which part of the interval a deposit belongs to.
      DryRun trial = trial(interval, books, nothing.missing(missing(deposits)).endless());
      Map<NegativeBalances.Segment, BigInteger> more = new HashMap<>(trial.shortfalls().all());
      // A ledger that the contract still knows, and whose sub-accounts are all there, had something left in it.
      trial.shortfalls().leftEmpty().stream().filter(segment -> ledgers.containsKey(segment.owner()))
          .forEach(segment -> more.putIfAbsent(segment, BigInteger.ONE));
      if (more.isEmpty()) {
        ledgers.forEach((owner, ledger) -> {
          BigInteger missing = ledger.available().value().subtract(available(trial.books(), owner));
          if (missing.signum() > 0) {
            more.put(new NegativeBalances.Segment(owner, trial.books().closings(owner)), missing);
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

  private static List<Corrections.MissingAcknowledgement> acknowledgements(ContractModel books,
      Map<AccountKey, Boolean> contracts) {
    return contracts.entrySet().stream()
        .filter(each -> books.account(each.getKey()).filter(ours -> ours.acknowledged() != each.getValue()).isPresent())
        .map(each -> new Corrections.MissingAcknowledgement(each.getKey(), each.getValue()))
        .sorted(Comparator.comparing((Corrections.MissingAcknowledgement each) -> each.account().user())
            .thenComparing(each -> each.account().provider()).thenComparing(each -> each.account().service()))
        .toList();
  }

  private static Corrections.Missing missing(Map<NegativeBalances.Segment, BigInteger> deposits) {
    List<Corrections.MissingDeposit> missing = new ArrayList<>();
    deposits.forEach((segment, amount) ->
        missing.add(new Corrections.MissingDeposit(segment.owner(), segment.number(), new Neuron(amount))));
    missing.sort(Comparator.comparing(Corrections.MissingDeposit::owner)
        .thenComparingInt(Corrections.MissingDeposit::segment));
    return new Corrections.Missing(missing, List.of(), List.of());
  }

  private static List<Corrections.MissingWithdrawal> withdrawals(ContractModel books,
      SortedMap<WalletAddress, LedgerView> ledgers) {
    List<Corrections.MissingWithdrawal> missing = new ArrayList<>();
    books.ledgers().forEach((owner, entry) -> {
      Optional<LedgerView> ledger = Optional.ofNullable(ledgers.get(owner));
      BigInteger left = ledger.map(state -> state.available().value()).orElse(BigInteger.ZERO);
      BigInteger gone = entry.available().subtract(left);
      if (gone.signum() > 0 || ledger.isEmpty()) {
        boolean emptied = ledger.isPresent() && ledger.get().total().isZero();
        int settlement = emptied ? books.settlements(owner) - 1 : Corrections.MissingWithdrawal.AT_END;
        missing.add(new Corrections.MissingWithdrawal(owner, new Neuron(gone), ledger.isEmpty(), settlement));
      }
    });
    return missing;
  }

  private void verify(BlockRange interval, DryRun trial, SortedMap<WalletAddress, LedgerView> ledgers) {
    SortedMap<WalletAddress, LedgerState> ours = trial.books().ledgers();
    SortedSet<WalletAddress> owners = new TreeSet<>(ours.keySet());
    owners.addAll(ledgers.keySet());
    for (WalletAddress owner : owners) {
      Optional<String> expected = Optional.ofNullable(ledgers.get(owner))
          .map(ledger -> new LedgerState(ledger.available().value(), ledger.total().value()).toString());
      Optional<String> actual = Optional.ofNullable(ours.get(owner)).map(LedgerState::toString);
      if (!expected.equals(actual)) {
        throw contradiction(interval, "by its logs the ledger of " + owner + " has (available, total) "
            + actual.orElse("nothing") + ", by its state " + expected.orElse("nothing"));
      }
    }
    if (!trial.shortfalls().isEmpty()) {
      throw contradiction(interval, "something would go below zero: " + trial.shortfalls().all());
    }
  }

  private RpcFailure contradiction(BlockRange interval, String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": the logs and the state of blocks "
        + interval.from() + " to " + interval.to().number() + " contradict each other: " + what);
  }

  private static BigInteger available(ContractModel books, WalletAddress owner) {
    return books.ledger(owner).map(LedgerState::available).orElse(BigInteger.ZERO);
  }
}
