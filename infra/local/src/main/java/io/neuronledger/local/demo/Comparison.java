package io.neuronledger.local.demo;

import io.neuronledger.local.answer.OwnerAnswer;
import java.util.List;

/**
 * One step of the demonstration, as {@code --json} writes it.
 *
 * @param name what was done
 * @param block where all three are compared
 * @param expected what this script knows must come out
 * @param ledger what the ledger answers over HTTP
 * @param chain what the contract's views answer
 * @param equal whether all three are the same
 */
record Comparison(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
    List<OwnerAnswer> chain, boolean equal) {
  static Comparison of(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
      List<OwnerAnswer> chain) {
    return new Comparison(name, block, expected, ledger, chain, expected.equals(ledger) && ledger.equals(chain));
  }
}
