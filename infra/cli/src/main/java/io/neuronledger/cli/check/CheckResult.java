package io.neuronledger.cli.check;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.indexer.chain.block.BlockRef;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of comparing the ledger with the contracts.
 *
 * @param ledgers the number of compared ledgers; likewise sub-accounts and refunds
 * @param entries the number of journal entries, whose sums were compared with the balances
 * @param held the native balance of the ledgers' contract
 * @param owed the sum of its ledgers
 * @param integrity the integrity of the stored rows of each service
 * @param behind why the ledger lags the chain, which leaves its present state unknown; empty where it does not lag, or
 *     where a block number was given
 */
public record CheckResult(StatusView.Deployment deployment, BlockRef block, int ledgers, int subAccounts,
    int refunds, int entries, Neuron held, Neuron owed, List<Difference> differences, List<IntegrityView> integrity,
    Optional<String> behind) {
  /** The outcome of a comparison. */
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
   * A difference.
   *
   * @param what the compared part of the owner's state
   */
  public record Difference(WalletAddress owner, String what, String ledger, String contract) {}

  /** Whether the contract holds at least what it owes; forced transfers may add to its balance. */
  public boolean conserved() {
    return held.compareTo(owed) >= 0;
  }

  /** The number of stored rows that contradict others. */
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

  /** Prints the result as text. */
  public void print(PrintWriter out) {
    new CheckTable(out).print(this);
  }
}
