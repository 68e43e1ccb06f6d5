package io.neuronledger.local.soak;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.rpc.BlockHeader;
import io.neuronledger.infra.devchain.rpc.BlockRef;
import io.neuronledger.local.answer.ContractAnswers;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.answer.OwnerAnswer;
import java.util.ArrayList;
import java.util.List;

/** Holds what the ledger answers of every owner, at every block, against the contract's views at that block. */
final class Comparer {
  private final ForkingDevChain chain;
  private final ContractAnswers contract;
  private final List<String> mismatches = new ArrayList<>();
  private long comparisons;

  Comparer(ForkingDevChain chain) {
    this.chain = chain;
    this.contract = new ContractAnswers(chain.contract().views());
  }

  /** @param ledger where ledger-query answers now; blocks that it does not know yet are waited for */
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

  /** How many owners at how many blocks. */
  long comparisons() {
    return comparisons;
  }

  List<String> mismatches() {
    return List.copyOf(mismatches);
  }
}
