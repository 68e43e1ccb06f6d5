package io.neuronledger.indexer.wiring.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of reconciliation. Environment: {@code NEURON_LEDGER_RECONCILIATION_…}.
 *
 * @param interval between runs; zero for runs on request only
 */
@ConfigurationProperties("neuron-ledger.reconciliation")
public record ReconciliationSettings(Duration interval) {
  public ReconciliationSettings {
    Setting.require(!interval.isNegative(), "NEURON_LEDGER_RECONCILIATION_INTERVAL", "must not be negative", interval);
  }
}
