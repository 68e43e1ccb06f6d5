package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * What does not agree between settlements and usage, as it stands.
 *
 * @param since block time of the settlement; completion of the oldest request that waits
 * @param resolution a person's decision about exactly this amount
 */
public record DifferenceView(DifferenceKey key, DifferenceKey.Kind kind, WalletAddress owner, WalletAddress provider,
    ServiceName service, Optional<SettlementId> settlement, NeuronSum amount, Instant since,
    Optional<Resolution> resolution) {
  /** @param at the clock of the service that took the decision */
  public record Resolution(String reason, String by, Instant at) {}
}
