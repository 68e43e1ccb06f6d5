package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.Replay;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An interval told to nobody: to see what comes out.
 *
 * @param books as they would be behind it
 * @param shortfalls what would go below zero in it
 * @param untraced the blocks in which somebody may have called the contracts unseen
 * @param touched whether a call to one of the contracts, or a log of theirs, was seen
 */
record DryRun(ContractModel books, NegativeBalances shortfalls, SortedSet<Long> untraced, boolean touched) {
  static DryRun of(BlockRange interval, ContractModel before, Corrections amendments, WalletAddress manager,
      BlockActions acts,
      CodeCheck codeCheck) {
    ContractModel books = new ContractModel(ModelOverlay.over(before.notes()));
    books.amendments(amendments);
    NegativeBalances shortfalls = new NegativeBalances();
    SortedSet<Long> untraced = new TreeSet<>();
    boolean touched = false;
    for (BlockData block : interval.blocks()) {
      Map<WalletAddress, ServiceRegistration> arrivals = interval.arrivals(block);
      BlockActions.Result told = acts.of(block, ContractEmitters.followed(manager, books, arrivals), books);
      Replay fold = new Replay(manager, books, block.header().ref(), arrivals, codeCheck, shortfalls);
      fold.transactions(told.transactions());
      fold.end();
      touched |= fold.touched();
      if (told.open()) {
        untraced.add(block.header().number());
      }
    }
    return new DryRun(books, shortfalls, untraced, touched);
  }
}
