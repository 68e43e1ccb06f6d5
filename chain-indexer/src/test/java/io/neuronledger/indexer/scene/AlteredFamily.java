package io.neuronledger.indexer.scene;

import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.BlockDecoder;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import java.util.List;

/** AccountLedger's family, but for what a test makes of it. */
public abstract class AlteredFamily implements ContractFamily {
  private final AccountLedgerFamily family = new AccountLedgerFamily(ScriptedScene.CONTRACT);

  @Override
  public final String name() {
    return family.name();
  }

  @Override
  public final int decoderVersion() {
    return family.decoderVersion();
  }

  @Override
  public final LogFilter filter(DecoderState state) {
    return family.filter(state);
  }

  @Override
  public final boolean wantsTransactions() {
    return family.wantsTransactions();
  }

  @Override
  public final void recognise(BlockRef block, ChainNode node) {
    family.recognise(block, node);
  }

  @Override
  public BlockDecoder prepare(List<BlockMaterial> blocks, LogFilter fetched, DecoderState state, long completeTo,
      ChainNode node) {
    return family.prepare(blocks, fetched, state, completeTo, node);
  }

  @Override
  public Observation observe(BlockRef block, DecoderState state, ChainNode node) {
    return family.observe(block, state, node);
  }
}
