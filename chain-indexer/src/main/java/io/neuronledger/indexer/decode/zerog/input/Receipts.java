package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.call.StateCalls;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.rpc.RpcBatch;
import io.neuronledger.indexer.rpc.call.RpcAnswer;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The success of direct calls that leave no log, read for many blocks in one batch. */
public final class Receipts {
  private final ChainNode node;
  private final Map<Hash, Boolean> succeeded = new HashMap<>();

  public Receipts(ChainNode node) {
    this.node = node;
  }

  /** Reads the receipts of the transactions of these blocks that call a followed contract without a log. */
  public void fetch(List<BlockData> blocks, WatchedContracts followed) {
    Map<ChainTransaction, BlockRef> wanted = new LinkedHashMap<>();
    for (BlockData block : blocks) {
      for (ChainTransaction transaction : block.header().transactions()) {
        if (direct(transaction, followed).filter(Receipts::leavesNoLog).isPresent()
            && !succeeded.containsKey(transaction.hash())) {
          wanted.put(transaction, block.header().ref());
        }
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    RpcBatch batch = node.batch();
    Map<Hash, RpcAnswer<Optional<StateCalls.Outcome>>> answers = new HashMap<>();
    wanted.keySet().forEach(transaction ->
        answers.put(transaction.hash(), batch.add(StateCalls.outcome(transaction.hash()))));
    batch.send();
    wanted.forEach((transaction, block) -> {
      Optional<StateCalls.Outcome> outcome = Optional.ofNullable(answers.get(transaction.hash()))
          .flatMap(RpcAnswer::get).filter(of -> of.block().equals(block.hash()));
      succeeded.put(transaction.hash(), outcome.orElseThrow(() -> new RpcFailure(RpcFailure.Kind.INCONSISTENT,
          node.name() + ": has no receipt of transaction " + transaction.hash() + " in block " + block)).succeeded());
    });
  }

  /** The transaction's own call to a followed contract, unless it failed. */
  Optional<ContractCall> succeededCall(ChainTransaction transaction, WatchedContracts followed) {
    return direct(transaction, followed)
        .filter(call -> !leavesNoLog(call) || Boolean.TRUE.equals(succeeded.get(transaction.hash())));
  }

  private static Optional<ContractCall> direct(ChainTransaction transaction, WatchedContracts followed) {
    return transaction.to().flatMap((WalletAddress to) -> followed.call(to, transaction.input(), transaction.value()));
  }

  /** The other calls have no logs if they fail: then there is nothing to explain. */
  private static boolean leavesNoLog(ContractCall call) {
    return switch (call) {
      case ContractCall.Deposit _, ContractCall.DepositFor _, ContractCall.Refund _, ContractCall.DeleteLedger _,
          ContractCall.Acknowledge _ -> true;
      case ContractCall.TransferFund _, ContractCall.RetrieveFund _, ContractCall.Settle _ -> false;
    };
  }
}
