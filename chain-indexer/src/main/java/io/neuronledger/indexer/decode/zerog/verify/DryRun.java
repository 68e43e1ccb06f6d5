package io.neuronledger.indexer.decode.zerog.verify;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.decode.zerog.input.BlockActions;
import io.neuronledger.indexer.decode.zerog.input.BlockRange;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.Replay;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A dry run of a block range; nothing is published.
 *
 * @param model the state after the range
 * @param negativeBalances the balances that the range would make negative
 * @param untraced the blocks with possible unseen calls
 * @param touched whether a call to a followed contract, or a log of one, was seen
 */
record DryRun(ContractModel model, NegativeBalances negativeBalances, SortedSet<Long> untraced, boolean touched) {
  static DryRun of(BlockRange range, ContractModel before, Corrections corrections, WalletAddress manager,
      BlockActions actions,
      CodeCheck codeCheck) {
    ContractModel model = new ContractModel(ModelOverlay.over(before.overlay()));
    model.corrections(corrections);
    NegativeBalances negativeBalances = new NegativeBalances();
    SortedSet<Long> untraced = new TreeSet<>();
    boolean touched = false;
    for (BlockData block : range.blocks()) {
      Map<WalletAddress, ServiceRegistration> registrations = range.registrations(block);
      BlockActions.Result result = actions.of(block, WatchedContracts.of(manager, model, registrations), model);
      Replay replay = new Replay(manager, model, block.header().ref(), registrations, codeCheck, negativeBalances);
      replay.transactions(result.transactions());
      replay.end();
      touched |= replay.touched();
      if (result.open()) {
        untraced.add(block.header().number());
      }
    }
    return new DryRun(model, negativeBalances, untraced, touched);
  }
}
