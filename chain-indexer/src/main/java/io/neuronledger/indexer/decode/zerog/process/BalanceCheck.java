package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies decoded blocks against LedgerManager's coins and the contracts' storage roots. Where something of the
 * contracts is known to have happened, or a root changed, every call of the block is looked into, if the node traces
 * them; where it does not, or where the calls do not explain what is there, states are compared.
 */
final class BalanceCheck {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final BlockTraces traces;
  private final BlockActions acts;
  private final ContractBalances coins;
  private final BlockRangeReader lookAhead;
  private final StateDiff differences;

  BalanceCheck(WalletAddress manager, ChainNode node, CodeCheck codeCheck, BlockTraces traces, BlockActions acts,
      ContractBalances coins, ServiceRegistrations arrivals) {
    this.manager = manager;
    this.node = node;
    this.codeCheck = codeCheck;
    this.traces = traces;
    this.acts = acts;
    this.coins = coins;
    this.lookAhead = new BlockRangeReader(manager, node, arrivals);
    this.differences = new StateDiff(manager, node, acts, codeCheck);
  }

  /**
   * @param rest the block and those that were fetched with it, in order
   * @param books as they are before it
   * @param doubt what else is known of it
   * @return what is missing, from this block on; empty where there is nothing, and nothing to look into
   */
  Optional<Corrections> amendments(List<BlockData> rest, Map<WalletAddress, ServiceRegistration> arrived,
      ContractModel books,
      Doubt doubt) {
    BlockData block = rest.getFirst();
    if (block.header().isEmpty()) {
      return Optional.empty();
    }
    Optional<Neuron> held = coins.behind(block.header().ref());
    if (held.isEmpty()) {
      BlockRef readable = readableFrom(rest);
      BlockRange interval = lookAhead.upTo(readable, block, arrived, books);
      return Optional.of(explain(interval, books, new StateReader(manager, node, readable).coins(), doubt));
    }
    if (!doubt.open() && acts.isQuiet(block, ContractEmitters.followed(manager, books, arrived), books)
        && held.get().value().subtract(books.available()).equals(books.surplus().orElseThrow())) {
      return Optional.empty();
    }
    BlockRange alone = new BlockRange(List.of(block), Map.of(block.header().number(), arrived));
    return Optional.of(explain(alone, books, held.get(), doubt));
  }

  /**
   * What is known of a block besides its logs, calls and coins.
   *
   * @param open whether it must be looked into whatever those say
   * @param changed whether a contract's storage root shows a change in it that nothing else does
   * @param proved whether the node proves storage roots here
   * @param completeTo the last block before it up to which no change is missing
   */
  record Doubt(boolean open, boolean changed, boolean proved, long completeTo) {}

  /**
   * Verifies that what was found for an interval is still so when its blocks are decoded, which may be much later, and
   * with another node.
   *
   * @param known what was found, before the block
   * @param books as they are behind it
   * @throws RpcFailure if not: then the block is not told
   */
  void confirm(BlockRef block, Optional<Corrections> known, BlockActions.Result acted, NegativeBalances shortfalls,
      ContractModel books) {
    if (acted.open() && known.filter(running -> running.untraced().contains(block.number())).isEmpty()) {
      throw inconsistent("does not trace block " + block + ", whose calls had been seen when it was compared");
    }
    if (!shortfalls.isEmpty()) {
      throw inconsistent("in block " + block + " something would go below zero: " + shortfalls.all());
    }
    boolean ends = known.filter(running -> running.to() == block.number()).isPresent();
    coins.behind(block).filter(_ -> ends).map(held -> held.value().subtract(books.available()))
        .filter(surplus -> !surplus.equals(books.surplus().orElseThrow())).ifPresent(surplus -> {
          throw inconsistent("behind block " + block + " LedgerManager holds " + surplus + " more than its ledgers, "
              + "not " + books.surplus().orElseThrow());
        });
  }

  private RpcFailure inconsistent(String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + what);
  }

  /** The next block whose state the node holds, from the first of these on. */
  BlockRef readableFrom(List<BlockData> rest) {
    return rest.stream().map(block -> block.header().ref()).filter(block -> coins.behind(block).isPresent()).findFirst()
        .orElseGet(() -> node.newest(false).ref());
  }

  private Corrections explain(BlockRange interval, ContractModel books, Neuron held, Doubt doubt) {
    boolean offered = traces.offeredBy(node);
    if (!interval.isSingle()) {
      return explainBetweenStates(interval, books, held, offered, doubt);
    }
    if (offered) {
      DryRun trial = trial(interval, books, true);
      // A change of which neither a call nor a log is seen is none that the calls explain.
      if (agrees(trial, books, held) && (!doubt.changed() || trial.touched())) {
        return Corrections.none(interval.from(), interval.to(), true, books.surplus().orElseThrow());
      }
    } else if (!doubt.proved() && agrees(trial(interval, books, false), books, held)) {
      return Corrections.none(interval.from(), interval.to(), false, books.surplus().orElseThrow());
    }
    return differences.between(interval, books, held, offered, doubt.completeTo());
  }

  /** Of many blocks between two states those are traced at first in which somebody may have called unseen. */
  private Corrections explainBetweenStates(BlockRange interval, ContractModel books, Neuron held, boolean offered,
      Doubt doubt) {
    if (!offered || agrees(trial(interval, books, false), books, held)) {
      Corrections found = differences.between(interval, books, held, false, doubt.completeTo());
      if (!offered || found.missing().equals(Corrections.Missing.NOTHING)) {
        return found;
      }
    }
    return differences.between(interval, books, held, true, doubt.completeTo());
  }

  private DryRun trial(BlockRange interval, ContractModel books, boolean traced) {
    return DryRun.of(interval, books, Corrections.trial(interval.from(), traced), manager, acts, codeCheck);
  }

  private static boolean agrees(DryRun trial, ContractModel before, Neuron held) {
    return trial.shortfalls().isEmpty() && trial.untraced().isEmpty()
        && held.value().subtract(trial.books().available()).equals(before.surplus().orElseThrow());
  }
}
