package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * What one provider served and was paid in a period: opening + used − settled − writtenOff = closing. Opening and
 * closing are negative where more was settled than reported.
 *
 * @param owner absent where the row is about all owners of the provider
 * @param service absent where the row is about all of them
 * @param opening what was not settled before the period
 * @param used the fees of requests completed in it
 * @param requests how many
 * @param settled what settlements in its blocks took
 * @param writtenOff what they did not get
 * @param settlements how many
 */
public record PeriodRow(WalletAddress provider, Optional<WalletAddress> owner, Optional<ServiceName> service,
    NeuronSum opening, NeuronSum used, NeuronSum settled, NeuronSum writtenOff, NeuronSum closing, long requests,
    long settlements) {
  public PeriodRow {
    if (!opening.plus(used).minus(settled).minus(writtenOff).equals(closing)) {
      throw new IllegalStateException("a row that does not balance: " + provider + " " + owner + " " + service);
    }
  }
}
