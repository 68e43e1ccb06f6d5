package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import java.util.ArrayList;
import java.util.List;

/** Compares the ledger's answers for every owner at every block with the contract's views at that block. */
final class Comparer {
  private final ForkingDevChain chain;
  private final ContractAnswers contract;
  private final List<String> mismatches = new ArrayList<>();
  private long comparisons;

  Comparer(ForkingDevChain chain) {
    this.chain = chain;
    this.contract = new ContractAnswers(chain.contract().views());
  }

  /** @param ledger the API of ledger-query; waits for blocks that it has not reached yet */
  void compare(LedgerApi ledger, long firstBlock, long lastBlock) {
    for (long number = firstBlock; number <= lastBlock; number++) {
      BlockHeader block = chain.node().control().block(BlockRef.number(number));
      for (WalletAddress owner : chain.owners()) {
        compare(block, contract.ownerAt(owner, block), ledger.ownerAt(owner, block));
      }
    }
  }

  private void compare(BlockHeader block, OwnerAnswer expected, OwnerAnswer answered) {
    comparisons++;
    if (!expected.equals(answered)) {
      mismatches.add("block %d (%s):%n  contract %s%n  ledger   %s".formatted(block.number(), block.hash(), expected,
          answered));
    }
  }

  /** The number of comparisons: owners times blocks. */
  long comparisons() {
    return comparisons;
  }

  List<String> mismatches() {
    return List.copyOf(mismatches);
  }
}
