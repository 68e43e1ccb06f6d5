package io.neuronledger.indexer.decode.zerog.verify;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LedgerManager's native balance after each of some blocks, read in one batch. Where the node has pruned old states,
 * which shows as an error for them and none at its head, only the newer blocks have an answer.
 */
public final class ContractBalances {
  private final WalletAddress manager;
  private final ChainNode node;
  private final Map<Long, Neuron> balances = new HashMap<>();

  public ContractBalances(WalletAddress manager, ChainNode node) {
    this.manager = manager;
    this.node = node;
  }

  /** @param blocks each the child of the one before */
  public void fetch(List<BlockData> blocks) {
    try {
      fetchAll(blocks);
    } catch (RpcFailure failure) {
      if (failure.kind() != RpcFailure.Kind.ERROR || !areReadableAtHead(manager, node)) {
        throw failure;
      }
      fetchAll(blocks.subList(firstReadable(blocks), blocks.size()));
    }
  }

  /** Empty where the node no longer holds the state. */
  public Optional<Neuron> at(BlockRef block) {
    return Optional.ofNullable(balances.get(block.number()));
  }

  private void fetchAll(List<BlockData> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    RpcBatch batch = node.batchAt(blocks.getLast().header().ref());
    List<RpcAnswer<Neuron>> answers = new ArrayList<>(blocks.size());
    blocks.forEach(block -> answers.add(batch.add(StateCalls.balance(manager, block.header().number()))));
    batch.send();
    for (int i = 0; i < blocks.size(); i++) {
      balances.put(blocks.get(i).header().number(), answers.get(i).get());
    }
  }

  /** Finds the first readable block: the held states are the newest ones. */
  private int firstReadable(List<BlockData> blocks) {
    int unreadable = -1;
    int readable = blocks.size();
    while (readable - unreadable > 1) {
      int middle = (readable + unreadable) >>> 1;
      if (isReadable(blocks.get(middle).header().number())) {
        readable = middle;
      } else {
        unreadable = middle;
      }
    }
    return readable;
  }

  private boolean isReadable(long block) {
    try {
      var _ = node.balance(manager, block);
      return true;
    } catch (RpcFailure failure) {
      if (failure.kind() != RpcFailure.Kind.ERROR) {
        throw failure;
      }
      return false;
    }
  }

  /** Whether the node refuses old states only, and answers the same question at its head. */
  public static boolean areReadableAtHead(WalletAddress manager, ChainNode node) {
    try {
      new StateReader(manager, node, node.newest(false).ref()).balance();
      return true;
    } catch (RpcFailure failure) {
      if (failure.kind() != RpcFailure.Kind.ERROR) {
        throw failure;
      }
      return false;
    }
  }
}
