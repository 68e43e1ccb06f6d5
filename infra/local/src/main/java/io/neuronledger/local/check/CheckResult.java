package io.neuronledger.local.check;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import java.io.PrintWriter;
import java.util.List;

/**
 * What came of holding the ledger beside the contracts.
 *
 * @param ledgers how many were compared; likewise sub-accounts and refunds
 * @param entries how many stand in the journals; what they add up to was held beside the balances
 * @param held the coins that the contract of the ledgers holds
 * @param owed what its ledgers say that it holds
 */
public record CheckResult(Deployment deployment, BlockRef block, int ledgers, int subAccounts, int refunds, int entries,
    Neuron held, Neuron owed, List<Difference> differences) {
  public CheckResult {
    differences = List.copyOf(differences);
  }

  /**
   * One thing that is not the same.
   *
   * @param what of the owner's
   */
  public record Difference(WalletAddress owner, String what, String ledger, String contract) {}

  /** More coins than are owed were forced upon the contract: nobody lost any. */
  public boolean conserved() {
    return held.compareTo(owed) >= 0;
  }

  public boolean equal() {
    return differences.isEmpty() && conserved();
  }

  /** Shows it to a person. */
  public void print(PrintWriter out) {
    new CheckTable(out).print(this);
  }
}
