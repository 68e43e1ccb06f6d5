package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * A provider's usage and settlements in a period: opening + adjusted + used − settled − writtenOff = closing. Opening
 * and closing are negative where more was settled than reported.
 *
 * @param owner absent where the row covers all owners of the provider
 * @param service absent where the row covers all services
 * @param opening the unsettled amount before the period
 * @param adjusted what became known of closed periods after they were closed: used − settled − writtenOff of them
 * @param used the fees of requests completed in it
 * @param unverifiedUsed what was charged of them without unit prices
 * @param requests the number of those requests
 * @param settled the amount that settlements in its blocks took
 * @param writtenOff the amount that they did not receive
 * @param settlements the number of those settlements
 */
public record PeriodRow(WalletAddress provider, Optional<WalletAddress> owner, Optional<ServiceName> service,
    NeuronSum opening, NeuronSum adjusted, NeuronSum used, NeuronSum unverifiedUsed, NeuronSum settled,
    NeuronSum writtenOff, NeuronSum closing, long requests, long settlements) {
  public PeriodRow {
    if (!opening.plus(adjusted).plus(used).minus(settled).minus(writtenOff).equals(closing)) {
      throw new IllegalStateException("a row that does not balance: " + provider + " " + owner + " " + service);
    }
  }
}
