package io.neuronledger.indexer.decode.zerog.verify;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.input.BlockActions;
import io.neuronledger.indexer.decode.zerog.input.BlockRange;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerView;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.rpc.call.RpcFailure;
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
 * Finds the changes that the logs, calls and traces of a block range do not show: compares the replayed ledgers with
 * the ledgers that the contract lists after the range. The corrections make both equal, to the neuron.
 */
final class StateDiff {
  private static final Logger log = LoggerFactory.getLogger(StateDiff.class);
  /** Each round finds at least one more deposit; no real range closes one ledger this often. */
  private static final int ROUNDS_MAX = 50;

  private final WalletAddress manager;
  private final ChainNode node;
  private final BlockActions actions;
  private final CodeCheck codeCheck;

  StateDiff(WalletAddress manager, ChainNode node, BlockActions actions, CodeCheck codeCheck) {
    this.manager = manager;
    this.node = node;
    this.actions = actions;
    this.codeCheck = codeCheck;
  }

  /**
   * @param model the state before the range
   * @param balance LedgerManager's native balance after it, in neuron
   * @param traced whether every traceable block is traced
   * @param since the last block before the range up to which nothing is missing
   * @throws RpcFailure if the logs and the state contradict each other: then the node omits something
   */
  Corrections between(BlockRange range, ContractModel model, Neuron balance, boolean traced, long since) {
    StateReader reader = new StateReader(manager, node, range.to());
    StateReader.Silent state = reader.silent(range.services(model));
    SortedMap<WalletAddress, LedgerView> ledgers = state.ledgers();
    Corrections nothing = new Corrections(Math.max(0, since), range.from(), range.to().number(),
        range.to().hash().toString(), traced, Corrections.Finding.COMPARED,
        surplus(range, model, balance, ledgers, reader), Corrections.Missing.NOTHING, Collections.emptySortedSet());
    Map<NegativeBalances.Segment, BigInteger> deposits = new HashMap<>();
    DryRun settled = settle(range, model, ledgers, deposits, nothing);
    Corrections.Missing money = missing(deposits).with(withdrawals(settled.model(), ledgers));
    DryRun paid = dryRun(range, model, nothing.missing(money));
    Corrections found = nothing.missing(money.and(acknowledgements(paid.model(), state.acknowledgements())));
    DryRun whole = dryRun(range, model, found);
    verify(range, whole, ledgers);
    // If calls before the range may be unseen, the range itself does not have to explain everything.
    boolean unexplained = traced && whole.untraced().isEmpty() && since >= range.from() - 1
        && !found.missing().equals(Corrections.Missing.NOTHING);
    return found.untraced(whole.untraced())
        .finding(unexplained ? Corrections.Finding.UNEXPLAINED : Corrections.Finding.COMPARED);
  }

  /** The native balance that no deposit explains; it never decreases. */
  private BigInteger surplus(BlockRange range, ContractModel model, Neuron balance,
      SortedMap<WalletAddress, LedgerView> ledgers, StateReader reader) {
    BigInteger held = ledgers.values().stream().map(ledger -> ledger.available().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger surplus = balance.value().subtract(held);
    BigInteger known = model.surplus().orElseThrow();
    if (surplus.compareTo(known) < 0) {
      throw contradiction(range, "LedgerManager holds " + balance + ", its ledgers " + held + ", and " + known
          + " more were forced in before");
    }
    if (surplus.compareTo(known) > 0) {
      reader.confirm(balance);
      log.warn("LedgerManager holds {} neuron after block {} that no deposit explains: they were forced in", surplus,
          range.to());
    }
    return surplus;
  }

  private DryRun dryRun(BlockRange range, ContractModel model, Corrections corrections) {
    return DryRun.of(range, model, corrections, manager, actions, codeCheck);
  }

  /** Adds deposits until no balance is negative and no owner has less than the contract reports. */
  private DryRun settle(BlockRange range, ContractModel model, SortedMap<WalletAddress, LedgerView> ledgers,
      Map<NegativeBalances.Segment, BigInteger> deposits, Corrections nothing) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      // Without an end the closings stay counted: they decide which segment a deposit belongs to.
      DryRun dryRun = dryRun(range, model, nothing.missing(missing(deposits)).endless());
      Map<NegativeBalances.Segment, BigInteger> more = new HashMap<>(dryRun.negativeBalances().all());
      // A ledger that the contract still lists, and whose sub-accounts all remain, was not empty.
      dryRun.negativeBalances().leftEmpty().stream().filter(segment -> ledgers.containsKey(segment.owner()))
          .forEach(segment -> more.putIfAbsent(segment, BigInteger.ONE));
      if (more.isEmpty()) {
        ledgers.forEach((owner, ledger) -> {
          BigInteger missing = ledger.available().value().subtract(available(dryRun.model(), owner));
          if (missing.signum() > 0) {
            more.put(new NegativeBalances.Segment(owner, dryRun.model().closings(owner)), missing);
          }
        });
      }
      if (more.isEmpty()) {
        return dryRun;
      }
      more.forEach((segment, amount) -> deposits.merge(segment, amount, BigInteger::add));
    }
    throw contradiction(range, "no deposits explain the logs");
  }

  private static List<Corrections.MissingAcknowledgement> acknowledgements(ContractModel model,
      Map<AccountKey, Boolean> contracts) {
    return contracts.entrySet().stream()
        .filter(each -> model.account(each.getKey()).filter(ours -> ours.acknowledged() != each.getValue()).isPresent())
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

  private static List<Corrections.MissingWithdrawal> withdrawals(ContractModel model,
      SortedMap<WalletAddress, LedgerView> ledgers) {
    List<Corrections.MissingWithdrawal> missing = new ArrayList<>();
    model.ledgers().forEach((owner, entry) -> {
      Optional<LedgerView> ledger = Optional.ofNullable(ledgers.get(owner));
      BigInteger left = ledger.map(state -> state.available().value()).orElse(BigInteger.ZERO);
      BigInteger gone = entry.available().subtract(left);
      if (gone.signum() > 0 || ledger.isEmpty()) {
        boolean emptied = ledger.isPresent() && ledger.get().total().isZero();
        int settlement = emptied ? model.settlements(owner) - 1 : Corrections.MissingWithdrawal.AT_END;
        missing.add(new Corrections.MissingWithdrawal(owner, new Neuron(gone), ledger.isEmpty(), settlement));
      }
    });
    return missing;
  }

  private void verify(BlockRange range, DryRun dryRun, SortedMap<WalletAddress, LedgerView> ledgers) {
    SortedMap<WalletAddress, LedgerState> ours = dryRun.model().ledgers();
    SortedSet<WalletAddress> owners = new TreeSet<>(ours.keySet());
    owners.addAll(ledgers.keySet());
    for (WalletAddress owner : owners) {
      Optional<String> expected = Optional.ofNullable(ledgers.get(owner))
          .map(ledger -> new LedgerState(ledger.available().value(), ledger.total().value()).toString());
      Optional<String> actual = Optional.ofNullable(ours.get(owner)).map(LedgerState::toString);
      if (!expected.equals(actual)) {
        throw contradiction(range, "the ledger of " + owner + " (available, total) has by its logs "
            + actual.orElse("nothing") + ", by its state " + expected.orElse("nothing"));
      }
    }
    if (!dryRun.negativeBalances().isEmpty()) {
      throw contradiction(range, "a balance would be negative: " + dryRun.negativeBalances().all());
    }
  }

  private RpcFailure contradiction(BlockRange range, String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": the logs and the state of blocks "
        + range.from() + " to " + range.to().number() + " contradict each other: " + what);
  }

  private static BigInteger available(ContractModel model, WalletAddress owner) {
    return model.ledger(owner).map(LedgerState::available).orElse(BigInteger.ZERO);
  }
}
