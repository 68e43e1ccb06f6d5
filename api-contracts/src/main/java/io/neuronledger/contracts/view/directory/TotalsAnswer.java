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
 * What all accounts hold, what was used and settled, and what of it is not settled, in a period of whole UTC days.
 * Amounts are in neuron. What is held and outstanding is that at the end of the period, or at the answer's block where
 * it is earlier; what was used and settled is that of the period.
 *
 * @param compared the last comparison with the contract at the answer's block or before it; absent before the first
 * @param outstanding used − settled − written off since the first block followed: what is owed for usage; negative
 *     where more was settled than reported
 * @param services the same by service, by name; those that have had an account or usage
 * @param days the same by UTC day, oldest first; those on which something changed
 */
public record TotalsAnswer(AsOf asOf, Optional<LocalDate> startDate, Optional<LocalDate> endDate,
    Optional<Compared> compared, Held held, Used used, Settled settled, NeuronSum outstanding, List<Service> services,
    List<Day> days) {
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
   * What accounts hold.
   *
   * @param available what the ledgers have not allocated; absent of a service
   * @param locked the sum of the sub-accounts' balances
   * @param pendingRefund the part of it that is requested back
   * @param total available + locked
   */
  public record Held(Optional<NeuronSum> available, NeuronSum locked, NeuronSum pendingRefund, NeuronSum total) {}

  /**
   * Reported usage that owners pay for themselves.
   *
   * @param amount the sum of the fees
   * @param unverifiedAmount what was charged of it without unit prices
   * @param requests how many they are
   */
  public record Used(NeuronSum amount, NeuronSum unverifiedAmount, long requests) {}

  /**
   * Sums of settlements.
   *
   * @param amount what they took
   * @param writtenOff what they asked for and did not receive
   * @param settlements how many they are
   */
  public record Settled(NeuronSum amount, NeuronSum writtenOff, long settlements) {}

  /** One service's part. */
  public record Service(ServiceName service, Held held, Used used, Settled settled, NeuronSum outstanding) {}

  /**
   * One day's part.
   *
   * @param held at the end of the day, or at the answer's block
   * @param services by service; those that something changed of on the day
   */
  public record Day(LocalDate day, Held held, Used used, Settled settled, NeuronSum outstanding,
      List<Service> services) {
    public Day {
      services = List.copyOf(services);
    }
  }
}
