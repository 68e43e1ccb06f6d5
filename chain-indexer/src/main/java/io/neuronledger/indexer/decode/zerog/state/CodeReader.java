package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.code.Code;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;

/** Reads the code that the contracts run at a given block. */
public final class CodeReader {
  private final WalletAddress manager;
  private final ChainNode node;

  /** @param manager LedgerManager */
  public CodeReader(WalletAddress manager, ChainNode node) {
    this.manager = manager;
    this.node = node;
  }

  /**
   * The code of an address at a block. Where the node no longer holds that state, the newest code: code does not
   * change.
   */
  public Code at(WalletAddress address, BlockRef block) {
    try {
      return new StateReader(manager, node, block).code(address);
    } catch (RpcFailure failure) {
      if (failure.kind() != RpcFailure.Kind.ERROR) {
        throw failure;
      }
      BlockRef newest = node.newest(false).ref();
      if (newest.number() < block.number()) {
        throw failure;
      }
      return new StateReader(manager, node, newest).code(address);
    }
  }

  /** The code of LedgerManager and of the services at the node's newest block. */
  public List<CodeInUse> newest() {
    StateReader state = new StateReader(manager, node, node.newest(false).ref());
    List<CodeInUse> used = new ArrayList<>(state.managerCode());
    if (!used.isEmpty()) {
      used.addAll(state.serviceCode());
    }
    return used;
  }
}
