package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.evm.AbiReader;
import java.util.Optional;

/** Reads services with their prices: contracts write the same fields in the same order in logs and views. */
public final class PublishedPrices {
  private PublishedPrices() {}

  /** An inference service, to the verifiability: what follows it no log of the network's contracts has. */
  public static ServicePrice inference(AbiReader data) {
    String serviceType = data.text();
    String url = data.text();
    Neuron input = data.neuron();
    Neuron output = data.neuron();
    String model = data.skip(1).text();   // after the time of the update
    return new ServicePrice(serviceType, url, Optional.of(model), input, Optional.of(output),
        Optional.of(data.text()), Optional.empty());
  }

  /** A fine-tuning service, to its price. */
  public static ServicePrice fineTuning(AbiReader data) {
    String url = data.text();
    Neuron perToken = data.skip(1).neuron();   // after the machine
    return new ServicePrice("fine-tuning", url, Optional.empty(), perToken, Optional.empty(), Optional.empty(),
        Optional.empty());
  }
}
