package io.neuronledger.contracts.view.directory;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.AsOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the contract holds and owes, and what was settled in a period of whole UTC days of block time. Amounts are
 * in neuron.
 *
 * @param compared the last comparison with the contract at the answer's block or before it; absent before the first
 * @param settled what settlements took in the period
 * @param services the same by service, by name; those with settlements in the period
 * @param days the same by UTC day, oldest first; those with settlements
 */
public record TotalsAnswer(AsOf asOf, Optional<LocalDate> startDate, Optional<LocalDate> endDate,
    Optional<Compared> compared, Settled settled, List<Service> services, List<Day> days) {
  public TotalsAnswer {
    services = List.copyOf(services);
    days = List.copyOf(days);
  }

  /**
   * The end of a comparison with the contract.
   *
   * @param held the contract's own balance
   * @param owed the sum of all accounts
   */
  public record Compared(String run, long block, Instant blockTime, Neuron held, Neuron owed) {}

  /**
   * Sums of settlements.
   *
   * @param amount what they took
   * @param writtenOff what they asked for and did not receive
   * @param settlements how many they are
   */
  public record Settled(NeuronSum amount, NeuronSum writtenOff, long settlements) {}

  /** One service's part. */
  public record Service(ServiceName service, Settled settled) {}

  /** One day's part. */
  public record Day(LocalDate day, Settled settled) {}
}
