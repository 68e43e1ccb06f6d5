package io.neuronledger.local.demo;

import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.local.answer.OwnerAnswer;
import java.util.List;
import java.util.Optional;

/**
 * One step of the demonstration, as {@code --json} writes it.
 *
 * @param name what was done
 * @param block where all three are compared
 * @param expected what this script knows must come out
 * @param ledger what the ledger answers over HTTP
 * @param chain what the contract's views answer
 * @param equal whether all three are the same, and the books are as expected
 * @param books the providers' usage and settlements, of which the chain knows a part only
 */
record Comparison(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
    List<OwnerAnswer> chain, boolean equal, Optional<Books> books) {
  /**
   * What providers served and were paid.
   *
   * @param expected what this script knows must come out
   * @param ledger what the ledger answers over HTTP
   */
  record Books(List<PeriodRow> expected, List<PeriodRow> ledger) {}

  static Comparison of(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
      List<OwnerAnswer> chain) {
    return new Comparison(name, block, expected, ledger, chain, expected.equals(ledger) && ledger.equals(chain),
        Optional.empty());
  }

  Comparison with(Books compared) {
    return new Comparison(name, block, expected, ledger, chain,
        equal && compared.expected().equals(compared.ledger()), Optional.of(compared));
  }
}
