package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Checks LedgerManager's code before the first block that concerns it, where following starts before it is there. */
final class ManagerCode {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final BlockActions acts;
  private final ContractBalances coins;

  ManagerCode(WalletAddress manager, ChainNode node, CodeCheck codeCheck, BlockActions acts, ContractBalances coins) {
    this.manager = manager;
    this.node = node;
    this.codeCheck = codeCheck;
    this.acts = acts;
    this.coins = coins;
  }

  /**
   * @param changed whether the block changed the storage of a followed contract
   * @param readable the block, or one after it, whose state the node holds
   * @param books as they are before the block; the beacon, if there is one, is written into them
   */
  void check(BlockData block, boolean changed, Supplier<BlockRef> readable, ContractModel books) {
    if (books.isManagerCodeChecked() || block.header().isEmpty() || !(changed || concernsManager(block, books))) {
      return;
    }
    BlockRef at = readable.get();
    StateReader state = new StateReader(manager, node, at);
    List<CodeInUse> code = state.managerCode();
    if (code.isEmpty()) {
      return;
    }
    Optional<WalletAddress> beacon = state.managerBeacon();
    Set<WalletAddress> namers = new HashSet<>(Set.of(manager));
    beacon.ifPresent(namers::add);
    ServiceRegistrations.mustNotBeUpgraded(node, namers, block.header(), at);
    codeCheck.unverified(code, state::serviceCode).ifPresent(books::unverified);
    beacon.ifPresent(books::managerBeacon);
    books.managerCodeChecked();
  }

  private boolean concernsManager(BlockData block, ContractModel books) {
    Optional<BigInteger> surplus =
        coins.behind(block.header().ref()).map(held -> held.value().subtract(books.available()));
    return !surplus.equals(books.surplus())
        || !acts.isQuiet(block, ContractEmitters.followed(manager, books, Map.of()), books);
  }
}
