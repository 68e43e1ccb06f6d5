package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.input.BlockActions;
import io.neuronledger.indexer.decode.zerog.input.ServiceRegistrations;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.decode.zerog.verify.ContractBalances;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Checks LedgerManager's code before the first block that concerns it, where following starts before it exists. */
final class ManagerCode {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final BlockActions actions;
  private final ContractBalances balances;

  ManagerCode(WalletAddress manager, ChainNode node, CodeCheck codeCheck, BlockActions actions,
      ContractBalances balances) {
    this.manager = manager;
    this.node = node;
    this.codeCheck = codeCheck;
    this.actions = actions;
    this.balances = balances;
  }

  /**
   * @param changed whether the block changed the storage of a followed contract
   * @param readable the block, or one after it, whose state the node holds
   * @param model the state before the block; receives the beacon, if there is one
   */
  void check(BlockData block, boolean changed, Supplier<BlockRef> readable, ContractModel model) {
    if (model.isManagerCodeChecked() || block.header().isEmpty() || !(changed || concernsManager(block, model))) {
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
    ServiceRegistrations.requireNotUpgraded(node, namers, block.header(), at);
    codeCheck.unverified(code, state::serviceCode).ifPresent(model::unverified);
    beacon.ifPresent(model::managerBeacon);
    model.managerCodeChecked();
  }

  private boolean concernsManager(BlockData block, ContractModel model) {
    Optional<BigInteger> surplus =
        balances.at(block.header().ref()).map(held -> held.value().subtract(model.available()));
    return !surplus.equals(model.surplus())
        || !actions.isQuiet(block, WatchedContracts.of(manager, model, Map.of()), model);
  }
}
