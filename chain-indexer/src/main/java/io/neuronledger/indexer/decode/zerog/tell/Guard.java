package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.books.Amendments;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.fold.Arrival;
import io.neuronledger.indexer.decode.zerog.fold.Implementations;
import io.neuronledger.indexer.decode.zerog.fold.Shortfalls;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that what is told of a block agrees with LedgerManager's coins. Where it does not, or where a contract may
 * have called ours: looks into the calls, if the node traces them; and where that does not explain it, compares states.
 */
final class Guard {
  private final WalletAddress manager;
  private final ChainNode node;
  private final Implementations implementations;
  private final BlockTraces traces;
  private final BlockActs acts;
  private final Coins coins;
  private final LookAhead lookAhead;
  private final Differences differences;

  Guard(WalletAddress manager, ChainNode node, Implementations implementations, BlockTraces traces, BlockActs acts,
      Coins coins, Arrivals arrivals) {
    this.manager = manager;
    this.node = node;
    this.implementations = implementations;
    this.traces = traces;
    this.acts = acts;
    this.coins = coins;
    this.lookAhead = new LookAhead(manager, node, arrivals);
    this.differences = new Differences(manager, node, acts, implementations);
  }

  /**
   * @param rest the block and those that were fetched with it, in order
   * @param books as they are before it
   * @return what must be told besides, from this block on; empty where there is nothing, and nothing to look into
   */
  Optional<Amendments> amendments(BlockMaterial block, List<BlockMaterial> rest, Map<WalletAddress, Arrival> arrived,
      Books books) {
    if (!isBusy(block)) {
      return Optional.empty();
    }
    Optional<Neuron> held = coins.behind(block.header().ref());
    if (held.isEmpty()) {
      BlockRef readable = readableFrom(rest);
      Interval interval = lookAhead.upTo(readable, block, arrived, books);
      return Optional.of(explain(interval, books, new StateReader(manager, node, readable).coins()));
    }
    if (acts.isQuiet(block, Emitters.followed(manager, books, arrived), books)
        && held.get().value().subtract(books.available()).equals(books.surplus().orElseThrow())) {
      return Optional.empty();
    }
    Interval alone = new Interval(List.of(block), Map.of(block.header().number(), arrived));
    return Optional.of(explain(alone, books, held.get()));
  }

  /**
   * Sees to it that what was found for an interval is still so when its blocks are told, which may be much later, and
   * by another node.
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

  /** Without a transaction nothing happens. */
  static boolean isBusy(BlockMaterial block) {
    return !block.header().transactions().isEmpty();
  }

  private Amendments explain(Interval interval, Books books, Neuron held) {
    if (agrees(trial(interval, books, false), books, held)) {
      return Amendments.none(interval.from(), interval.to(), false, books.surplus().orElseThrow());
    }
    boolean offered = traces.offeredBy(node);
    if (offered && agrees(trial(interval, books, true), books, held)) {
      return Amendments.none(interval.from(), interval.to(), true, books.surplus().orElseThrow());
    }
    return differences.between(interval, books, held, offered);
  }

  private Trial trial(Interval interval, Books books, boolean traced) {
    return Trial.of(interval, books, Amendments.trial(interval.from(), traced), manager, acts, implementations);
  }

  private static boolean agrees(Trial trial, Books before, Neuron held) {
    return trial.shortfalls().isEmpty() && trial.untraced().isEmpty()
        && held.value().subtract(trial.books().available()).equals(before.surplus().orElseThrow());
  }
}
