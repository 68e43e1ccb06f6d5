package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.books.Amendments;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.fold.Arrival;
import io.neuronledger.indexer.decode.zerog.fold.CodeCheck;
import io.neuronledger.indexer.decode.zerog.fold.Shortfalls;
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
final class Guard {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final BlockTraces traces;
  private final BlockActs acts;
  private final Coins coins;
  private final LookAhead lookAhead;
  private final Differences differences;

  Guard(WalletAddress manager, ChainNode node, CodeCheck codeCheck, BlockTraces traces, BlockActs acts,
      Coins coins, Arrivals arrivals) {
    this.manager = manager;
    this.node = node;
    this.codeCheck = codeCheck;
    this.traces = traces;
    this.acts = acts;
    this.coins = coins;
    this.lookAhead = new LookAhead(manager, node, arrivals);
    this.differences = new Differences(manager, node, acts, codeCheck);
  }

  /**
   * @param rest the block and those that were fetched with it, in order
   * @param books as they are before it
   * @param doubt what else is known of it
   * @return what is missing, from this block on; empty where there is nothing, and nothing to look into
   */
  Optional<Amendments> amendments(List<BlockMaterial> rest, Map<WalletAddress, Arrival> arrived, Books books,
      Doubt doubt) {
    BlockMaterial block = rest.getFirst();
    if (block.header().isEmpty()) {
      return Optional.empty();
    }
    Optional<Neuron> held = coins.behind(block.header().ref());
    if (held.isEmpty()) {
      BlockRef readable = readableFrom(rest);
      Interval interval = lookAhead.upTo(readable, block, arrived, books);
      return Optional.of(explain(interval, books, new StateReader(manager, node, readable).coins(), doubt));
    }
    if (!doubt.open() && acts.isQuiet(block, Emitters.followed(manager, books, arrived), books)
        && held.get().value().subtract(books.available()).equals(books.surplus().orElseThrow())) {
      return Optional.empty();
    }
    Interval alone = new Interval(List.of(block), Map.of(block.header().number(), arrived));
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
  void confirm(BlockRef block, Optional<Amendments> known, BlockActs.Told acted, Shortfalls shortfalls, Books books) {
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
  BlockRef readableFrom(List<BlockMaterial> rest) {
    return rest.stream().map(block -> block.header().ref()).filter(block -> coins.behind(block).isPresent()).findFirst()
        .orElseGet(() -> node.newest(false).ref());
  }

  private Amendments explain(Interval interval, Books books, Neuron held, Doubt doubt) {
    boolean offered = traces.offeredBy(node);
    if (!interval.isSingle()) {
      return explainBetweenStates(interval, books, held, offered, doubt);
    }
    if (offered) {
      Trial trial = trial(interval, books, true);
      // A change of which neither a call nor a log is seen is none that the calls explain.
      if (agrees(trial, books, held) && (!doubt.changed() || trial.touched())) {
        return Amendments.none(interval.from(), interval.to(), true, books.surplus().orElseThrow());
      }
    } else if (!doubt.proved() && agrees(trial(interval, books, false), books, held)) {
      return Amendments.none(interval.from(), interval.to(), false, books.surplus().orElseThrow());
    }
    return differences.between(interval, books, held, offered, doubt.completeTo());
  }

  /** Of many blocks between two states those are traced at first in which somebody may have called unseen. */
  private Amendments explainBetweenStates(Interval interval, Books books, Neuron held, boolean offered, Doubt doubt) {
    if (!offered || agrees(trial(interval, books, false), books, held)) {
      Amendments found = differences.between(interval, books, held, false, doubt.completeTo());
      if (!offered || found.missing().equals(Amendments.Missing.NOTHING)) {
        return found;
      }
    }
    return differences.between(interval, books, held, true, doubt.completeTo());
  }

  private Trial trial(Interval interval, Books books, boolean traced) {
    return Trial.of(interval, books, Amendments.trial(interval.from(), traced), manager, acts, codeCheck);
  }

  private static boolean agrees(Trial trial, Books before, Neuron held) {
    return trial.shortfalls().isEmpty() && trial.untraced().isEmpty()
        && held.value().subtract(trial.books().available()).equals(before.surplus().orElseThrow());
  }
}
