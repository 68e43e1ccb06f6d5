package io.neuronledger.cli.demo;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import java.util.List;
import java.util.Optional;

/**
 * One step of the demonstration, as {@code --json} writes it.
 *
 * @param name the description of the step
 * @param block the block of the comparison
 * @param expected the expected state, known by the script
 * @param ledger the ledger's answers over HTTP
 * @param chain the answers of the contract's views
 * @param equal whether all three are equal, and the books are as expected
 * @param books the providers' usage and settlements, of which the chain knows a part only
 * @param quotes what requests cost at the prices in force
 */
record Comparison(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
    List<OwnerAnswer> chain, boolean equal, Optional<ProviderRows> books, Optional<Quotes> quotes) {
  /**
   * Providers' usage and settlements.
   *
   * @param expected the expected rows, known by the script
   * @param ledger the ledger's answers over HTTP
   */
  record ProviderRows(List<PeriodRow> expected, List<PeriodRow> ledger) {}

  /**
   * The fees of requests.
   *
   * @param expected the published prices, and the fees that the providers report
   * @param ledger the prices in force and the quotes, as the ledger answers over HTTP
   */
  record Quotes(List<QuotedRequest> expected, List<QuotedRequest> ledger) {}

  /** A request at a provider's prices, all in neuron. */
  record QuotedRequest(WalletAddress provider, ModelName model, Neuron inputPrice, Optional<Neuron> outputPrice,
      Neuron fee) {}

  static Comparison of(String name, long block, List<OwnerAnswer> expected, List<OwnerAnswer> ledger,
      List<OwnerAnswer> chain) {
    return new Comparison(name, block, expected, ledger, chain, expected.equals(ledger) && ledger.equals(chain),
        Optional.empty(), Optional.empty());
  }

  Comparison with(ProviderRows compared) {
    return new Comparison(name, block, expected, ledger, chain,
        equal && compared.expected().equals(compared.ledger()), Optional.of(compared), quotes);
  }

  Comparison with(Quotes compared) {
    return new Comparison(name, block, expected, ledger, chain,
        equal && compared.expected().equals(compared.ledger()), books, Optional.of(compared));
  }
}
