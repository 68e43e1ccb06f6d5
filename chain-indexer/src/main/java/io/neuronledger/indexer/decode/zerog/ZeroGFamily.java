package io.neuronledger.indexer.decode.zerog;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.process.BlockProcessor;
import io.neuronledger.indexer.decode.zerog.process.BlockResult;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.decode.zerog.state.ContractState;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.guard.StorageGuard;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the 0G Compute contracts, LedgerManager and the serving contracts registered with it, which log neither
 * deposits nor withdrawals. Their logs carry absolute values: the balances in the state before each block give their
 * meaning.
 */
public final class ZeroGFamily implements ContractFamily {
  public static final String NAME = "0g";

  private static final Logger log = LoggerFactory.getLogger(ZeroGFamily.class);

  private static final int DECODER_VERSION = 4;

  private final WalletAddress manager;
  private final Implementations implementations;
  private final Optional<Minima> minima;
  private final BlockTraces traces = new BlockTraces();
  private final StorageGuard storage = new StorageGuard(InstantSource.system());

  /**
   * @param manager LedgerManager
   * @param minima the expected minima of LedgerManager; absent where unknown
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
    return WatchedContracts.logFilter(manager, new ContractModel(ModelOverlay.over(state)), Map.of());
  }

  @Override
  public boolean wantsTransactions() {
    return true;
  }

  @Override
  public void recognise(BlockRef block, ChainNode node) {
    new StateReader(manager, node, block).recognise();
  }

  /** {@link BlockTraces} logs whether the node offers traces. */
  @Override
  public void probe(ChainNode node) {
    var _ = traces.offeredBy(node);
    log.info("{} proves the storage roots of: {}", node.name(), storage.probe(Set.of(manager), node));
  }

  @Override
  public BlockDecoder prepare(List<BlockData> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node) {
    BlockProcessor processor = new BlockProcessor(manager, node, implementations, minima, traces, storage);
    processor.process(blocks, fetched, ModelOverlay.over(state), completeTo);
    return (block, decoderState) -> decode(block, decoderState, processor);
  }

  @Override
  public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
    ContractModel model = new ContractModel(ModelOverlay.over(state));
    model.corrections().ifPresent(running -> {
      throw new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": up to block " + running.to() + " missing "
          + "changes are placed before or after their own block: no state between can be compared");
    });
    ContractState contracts = new StateReader(manager, node, block).all();
    Neuron owed = contracts.ledgers().values().stream().map(ContractState.LedgerView::available)
        .reduce(Neuron.ZERO, Neuron::plus);
    SortedMap<ServiceName, Duration> lockPeriods = new TreeMap<>();
    contracts.services().values().forEach(service -> lockPeriods.put(service.name(), service.lockPeriod()));
    Observation observed = new Observation(contracts.observed(), lockPeriods, contracts.balance(), owed)
        .withClosed(model.ledgers().keySet()).withClosed(model.closedLedgers());
    correct(model, contracts, block);
    keep(model.overlay().changes(), state);
    return observed;
  }

  /** A wrong model, after a lost log, would make the next log impossible. */
  private static void correct(ContractModel model, ContractState contracts, BlockRef block) {
    contracts.assignTo(model);
    BigInteger surplus = contracts.balance().value().subtract(model.available());
    if (!model.surplus().equals(Optional.of(surplus))) {
      model.surplus(surplus);
    }
    if (!model.overlay().changes().isEmpty()) {
      log.warn("after block {} the contracts report another state than the model, which is corrected: {}", block,
          model.overlay().changes());
    }
  }

  private static void keep(SortedMap<String, Optional<String>> changes, DecoderState state) {
    changes.forEach((key, value) -> value.ifPresentOrElse(text -> state.put(key, text), () -> state.remove(key)));
  }

  private static DecodedBlock decode(BlockData block, DecoderState state, BlockProcessor processor) {
    BlockResult result = processor.of(block.header().hash()).orElseThrow(
        () -> new IllegalStateException("continued after an undecodable block: " + block.header().ref()));
    return switch (result) {
      case BlockResult.Stop stop -> throw stop.why();
      case BlockResult.Failed failed -> throw failed.why();
      case BlockResult.Block decoded -> {
        keep(decoded.changes(), state);
        yield decoded.compared() ? DecodedBlock.compared(decoded.readings())
            : DecodedBlock.of(decoded.readings(), decoded.guard());
      }
    };
  }
}
