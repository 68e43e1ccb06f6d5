package io.neuronledger.indexer.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How often all states are compared with the contracts'. Environment: {@code NEURON_LEDGER_RECONCILIATION_…}.
 *
 * @param interval from one run to the next; zero: only when somebody asks
 */
@ConfigurationProperties("neuron-ledger.reconciliation")
public record ReconciliationSettings(Duration interval) {
  public ReconciliationSettings {
    Setting.require(!interval.isNegative(), "NEURON_LEDGER_RECONCILIATION_INTERVAL", "must not be negative", interval);
  }
}
