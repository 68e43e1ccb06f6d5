package io.neuronledger.query.totals;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import org.jooq.Record;

/**
 * Sums of some days over all accounts: of a service, of what ledgers have available, or of all.
 *
 * @param held what was added to the accounts, less what was taken out
 * @param pendingRefund what was requested back, less what was paid, cancelled or consumed
 * @param unverified what was charged of {@code used} without unit prices
 */
record ServiceSums(NeuronSum held, NeuronSum pendingRefund, NeuronSum settled, NeuronSum writtenOff, long settlements,
    long requests, NeuronSum used, NeuronSum unverified) {
  static final ServiceSums ZERO = new ServiceSums(NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, 0, 0,
      NeuronSum.ZERO, NeuronSum.ZERO);

  static ServiceSums of(Record row) {
    return new ServiceSums(sum(row, "held"), sum(row, "pending_refund"), sum(row, "settled"), sum(row, "written_off"),
        row.get("settlements", Long.class), row.get("requests", Long.class), sum(row, "used"),
        sum(row, "unverified"));
  }

  private static NeuronSum sum(Record row, String column) {
    return new NeuronSum(row.get(column, BigDecimal.class).toBigIntegerExact());
  }

  static ServiceSums all(Collection<ServiceSums> parts) {
    return parts.stream().reduce(ZERO, ServiceSums::plus);
  }

  ServiceSums plus(ServiceSums other) {
    return new ServiceSums(held.plus(other.held), pendingRefund.plus(other.pendingRefund), settled.plus(other.settled),
        writtenOff.plus(other.writtenOff), settlements + other.settlements, requests + other.requests,
        used.plus(other.used), unverified.plus(other.unverified));
  }

  /** @param available the part of what is held that no service has; absent of a service */
  TotalsAnswer.Held heldOf(Optional<NeuronSum> available) {
    return new TotalsAnswer.Held(available, held.minus(available.orElse(NeuronSum.ZERO)), pendingRefund, held);
  }

  TotalsAnswer.Used usedOf() {
    return new TotalsAnswer.Used(used, unverified, requests);
  }

  TotalsAnswer.Settled settledOf() {
    return new TotalsAnswer.Settled(settled, writtenOff, settlements);
  }

  NeuronSum outstanding() {
    return used.minus(settled).minus(writtenOff);
  }
}
