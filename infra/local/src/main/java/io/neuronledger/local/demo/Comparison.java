package io.neuronledger.local.demo;

import java.util.List;
import java.util.Optional;

/**
 * One step of the demonstration, as {@code --json} writes it.
 *
 * @param <T> what is compared
 * @param name what was done
 * @param block where they are compared
 * @param expected what this script knows must come out
 * @param ledger what the ledger answers over HTTP
 * @param chain what the contract's views answer; absent where the chain knows nothing of it, as of usage
 * @param equal whether all of them are the same
 */
record Comparison<T>(String name, long block, List<T> expected, List<T> ledger, Optional<List<T>> chain,
    boolean equal) {
  static <T> Comparison<T> of(String name, long block, List<T> expected, List<T> ledger, List<T> chain) {
    return new Comparison<>(name, block, expected, ledger, Optional.of(chain),
        expected.equals(ledger) && ledger.equals(chain));
  }

  static <T> Comparison<T> withoutChain(String name, long block, List<T> expected, List<T> ledger) {
    return new Comparison<>(name, block, expected, ledger, Optional.empty(), expected.equals(ledger));
  }
}
