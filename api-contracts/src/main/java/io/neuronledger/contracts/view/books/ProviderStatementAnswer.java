package io.neuronledger.contracts.view.books;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The statement of a provider for a period: what it has served and what was settled for it, over all owners.
 *
 * @param asOf the block up to which the chain was known, of a closed month that of its report; the period may end
 *     before it
 * @param knownAt as it was known at the end of this day, UTC; absent: as it is known now
 * @param startDate the first day, UTC; absent where there is no limit
 * @param endDate the last day, UTC
 * @param total opening + adjusted + used − settled − written off = closing, over all sub-accounts
 * @param accounts the same, by owner and service
 * @param usage requests completed in the period, by service, model and source; those of a router are in no balance
 * @param settlements those of blocks of the period, in the order of the chain
 * @param verify requests of this API that answer what is stated here
 */
public record ProviderStatementAnswer(AsOf asOf, WalletAddress provider, Optional<LocalDate> knownAt,
    Optional<LocalDate> startDate, Optional<LocalDate> endDate, PeriodRow total, List<PeriodRow> accounts,
    List<StatementAnswer.Usage> usage, List<Settlement> settlements, List<String> verify) {
  public ProviderStatementAnswer {
    accounts = List.copyOf(accounts);
    usage = List.copyOf(usage);
    settlements = List.copyOf(settlements);
    verify = List.copyOf(verify);
  }

  /**
   * What one owner has paid in one batch.
   *
   * @param asked what the provider asked for: amount + written off
   * @param transaction absent where the evidence names none
   */
  public record Settlement(SettlementId id, Instant time, long block, WalletAddress owner, ServiceName service,
      Neuron asked, Neuron amount, Neuron writtenOff, Optional<Hash> transaction) {}
}
