package io.neuronledger.query.admission;

import io.neuronledger.contracts.value.Neuron;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What providers demand of a sub-account before they serve.
 *
 * @param minimumLocked what has to be free beside the unsettled fees and the request's own cost, in neuron
 */
public record AdmissionSettings(@DefaultValue("1000000000000000000") String minimumLocked) {
  public AdmissionSettings {
    try {
      Neuron.parse(minimumLocked);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("NEURON_LEDGER_ADMISSION_MINIMUM_LOCKED must be an amount in neuron, such as"
          + " 1000000000000000000 for 1 0G, not " + minimumLocked, e);
    }
  }

  /** The same as an amount. */
  public Neuron minimum() {
    return Neuron.parse(minimumLocked);
  }
}
