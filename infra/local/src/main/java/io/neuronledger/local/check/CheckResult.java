package io.neuronledger.local.check;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.IntegrityView;
import io.neuronledger.indexer.chain.BlockRef;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of holding the ledger beside the contracts.
 *
 * @param ledgers how many were compared; likewise sub-accounts and refunds
 * @param entries how many stand in the journals; what they add up to was held beside the balances
 * @param held the coins that the contract of the ledgers holds
 * @param owed what its ledgers say that it holds
 * @param integrity whether the stored rows of each service agree with each other
 * @param behind why nobody knows whether the ledger equals the contracts now: it is behind the chain; empty where it is
 *     not, or where it was asked about a block by its number
 */
public record CheckResult(Deployment deployment, BlockRef block, int ledgers, int subAccounts, int refunds, int entries,
    Neuron held, Neuron owed, List<Difference> differences, List<IntegrityView> integrity, Optional<String> behind) {
  /** What a comparison comes to. */
  enum Outcome {
    EQUAL(0), DIFFERENT(1), UNKNOWN(2);

    private final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CheckResult {
    differences = List.copyOf(differences);
    integrity = List.copyOf(integrity);
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

  /** How many stored rows disagree with others. */
  long faults() {
    return integrity.stream().mapToLong(IntegrityView::faultsTotal).sum();
  }

  public boolean equal() {
    return outcome() == Outcome.EQUAL;
  }

  Outcome outcome() {
    if (!differences.isEmpty() || !conserved() || faults() > 0) {
      return Outcome.DIFFERENT;
    }
    return behind.isPresent() ? Outcome.UNKNOWN : Outcome.EQUAL;
  }

  /** Shows it to a person. */
  public void print(PrintWriter out) {
    new CheckTable(out).print(this);
  }
}
