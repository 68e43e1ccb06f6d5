package io.neuronledger.indexer.decode.zerog;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.process.BlockProcessor;
import io.neuronledger.indexer.decode.zerog.process.BlockResult;
import io.neuronledger.indexer.decode.zerog.process.ContractEmitters;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.decode.zerog.state.ContractState;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.guard.StorageGuard;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the 0G Compute contracts, LedgerManager and the serving contracts registered with it, which log neither
 * deposits nor withdrawals. What it remembers, the balances before each block, tells what their logs of absolute values
 * mean.
 */
public final class ZeroGFamily implements ContractFamily {
  public static final String NAME = "0g";

  private static final Logger log = LoggerFactory.getLogger(ZeroGFamily.class);

  private static final int DECODER_VERSION = 2;

  private final WalletAddress manager;
  private final Implementations implementations;
  private final Optional<Minima> minima;
  private final BlockTraces traces = new BlockTraces();
  private final StorageGuard storage = new StorageGuard(InstantSource.system());

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
    return ContractEmitters.filter(manager, new ContractModel(ModelOverlay.over(state)));
  }

  @Override
  public boolean wantsTransactions() {
    return true;
  }

  @Override
  public void recognise(BlockRef block, ChainNode node) {
    new StateReader(manager, node, block).recognise();
  }

  /** Whether there are traces is logged by whoever asks. */
  @Override
  public void probe(ChainNode node) {
    var _ = traces.offeredBy(node);
    log.info("{} proves the storage roots of: {}", node.name(), storage.probe(Set.of(manager), node));
  }

  @Override
  public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node) {
    BlockProcessor teller = new BlockProcessor(manager, node, implementations, minima, traces, storage);
    teller.tell(blocks, fetched, ModelOverlay.over(state), completeTo);
    return (block, remembered) -> decode(block, remembered, teller);
  }

  @Override
  public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
    ContractModel books = new ContractModel(ModelOverlay.over(state));
    books.amendments().ifPresent(running -> {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": up to block " + running.to() + " what was "
          + "missing is told before or behind the block where it happened: no state between can be compared");
    });
    ContractState contracts = new StateReader(manager, node, block).all();
    Neuron owed = contracts.ledgers().values().stream().map(ContractState.LedgerView::available)
        .reduce(Neuron.ZERO, Neuron::plus);
    SortedMap<ServiceName, Duration> lockPeriods = new TreeMap<>();
    contracts.services().values().forEach(service -> lockPeriods.put(service.name(), service.lockPeriod()));
    Observation observed = new Observation(contracts.observed(), lockPeriods, contracts.coins(), owed)
        .withClosed(books.ledgers().keySet()).withClosed(books.closedLedgers());
    correct(books, contracts, block);
    keep(books.notes().changes(), state);
    return observed;
  }

  /** What was remembered wrongly, for a log that was lost, would make the next one impossible. */
  private static void correct(ContractModel books, ContractState contracts, BlockRef block) {
    contracts.assignTo(books);
    BigInteger surplus = contracts.coins().value().subtract(books.available());
    if (!books.surplus().equals(Optional.of(surplus))) {
      books.surplus(surplus);
    }
    if (!books.notes().changes().isEmpty()) {
      log.warn("behind block {} the contracts answer otherwise than was remembered, which is corrected: {}", block,
          books.notes().changes());
    }
  }

  private static void keep(SortedMap<String, Optional<String>> changes, DecoderState state) {
    changes.forEach((key, value) -> value.ifPresentOrElse(text -> state.put(key, text), () -> state.remove(key)));
  }

  private static DecodedBlock decode(BlockData block, DecoderState state, BlockProcessor teller) {
    BlockResult told = teller.of(block.header().hash()).orElseThrow(
        () -> new IllegalStateException("decoded behind a block that cannot be: " + block.header().ref()));
    return switch (told) {
      case BlockResult.Stop stop -> throw stop.why();
      case BlockResult.Failed failed -> throw failed.why();
      case BlockResult.Block worked -> {
        keep(worked.changes(), state);
        yield worked.compared() ? DecodedBlock.compared(worked.readings())
            : DecodedBlock.of(worked.readings(), worked.guard());
      }
    };
  }
}
