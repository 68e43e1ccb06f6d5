package io.neuronledger.indexer.decode.zerog;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.books.Notebook;
import io.neuronledger.indexer.decode.zerog.fold.Implementations;
import io.neuronledger.indexer.decode.zerog.state.ContractState;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.tell.Emitters;
import io.neuronledger.indexer.decode.zerog.tell.Teller;
import io.neuronledger.indexer.decode.zerog.tell.Told;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the 0G Compute contracts, LedgerManager and the serving contracts registered with it, which log neither
 * deposits nor withdrawals. What it remembers, the balances before each block, tells what their logs of absolute values
 * mean.
 */
public final class ZeroGFamily implements ContractFamily {
  public static final String NAME = "0g-serving";

  private static final int DECODER_VERSION = 1;

  private final WalletAddress manager;
  private final Implementations implementations;
  private final Optional<Minima> minima;
  private final BlockTraces traces = new BlockTraces();

  /**
   * @param manager LedgerManager
   * @param minima what it should say of itself; absent where nobody knows
   */
  public ZeroGFamily(WalletAddress manager, Implementations implementations, Optional<Minima> minima) {
    this.manager = manager;
    this.implementations = implementations;
    this.minima = minima;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int decoderVersion() {
    return DECODER_VERSION;
  }

  @Override
  public LogFilter filter(DecoderState state) {
    return Emitters.filter(manager, new Books(Notebook.over(state)));
  }

  @Override
  public boolean wantsTransactions() {
    return true;
  }

  @Override
  public BlockDecoder prepare(List<BlockMaterial> blocks, LogFilter fetched, DecoderState state, ChainNode node) {
    Teller teller = new Teller(manager, node, implementations, minima, traces);
    teller.tell(blocks, fetched, Notebook.over(state));
    return (block, remembered) -> decode(block, remembered, teller);
  }

  @Override
  public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
    ContractState contracts = new StateReader(manager, node, block).all();
    Neuron owed = contracts.ledgers().values().stream().map(ContractState.LedgerState::available)
        .reduce(Neuron.ZERO, Neuron::plus);
    SortedMap<ServiceName, Duration> lockPeriods = new TreeMap<>();
    contracts.services().values().forEach(service -> lockPeriods.put(service.name(), service.lockPeriod()));
    return new Observation(contracts.observed(), lockPeriods, contracts.coins(), owed)
        .withClosed(new Books(Notebook.over(state)).ledgers().keySet());
  }

  private static List<Reading> decode(BlockMaterial block, DecoderState state, Teller teller) {
    Told told = teller.of(block.header().hash()).orElseThrow(
        () -> new IllegalStateException("decoded behind a block that cannot be: " + block.header().ref()));
    return switch (told) {
      case Told.Stop stop -> throw stop.why();
      case Told.Failed failed -> throw failed.why();
      case Told.Block worked -> {
        worked.changes().forEach((key, value) ->
            value.ifPresentOrElse(text -> state.put(key, text), () -> state.remove(key)));
        yield worked.readings();
      }
    };
  }
}
