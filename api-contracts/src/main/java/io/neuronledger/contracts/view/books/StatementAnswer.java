package io.neuronledger.contracts.view.books;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.EntryId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The statement of an owner's ledger for a period: of each account, opening + movements = closing.
 *
 * @param asOf the block up to which the chain was known; the period may end before it
 * @param knownAt as it was known at the end of this day, UTC; absent: as it is known now
 * @param startDate the first day, UTC; absent where it begins with the first block followed
 * @param endDate the last day, UTC; absent where it ends with {@code asOf}
 * @param accounts those with a balance or a movement: what is available first, then by service and provider
 * @param usage requests completed in the period, by provider, service, model and source
 * @param movements in the order of recording; an entry that moves between two accounts has two
 * @param verify requests of this API that answer what is stated here
 */
public record StatementAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, Optional<LocalDate> knownAt,
    Optional<LocalDate> startDate, Optional<LocalDate> endDate, Balance opening, Balance closing,
    List<Account> accounts, List<Usage> usage, List<Movement> movements, List<String> verify) {
  public StatementAnswer {
    accounts = List.copyOf(accounts);
    usage = List.copyOf(usage);
    movements = List.copyOf(movements);
    verify = List.copyOf(verify);
  }

  /**
   * What the contract answers at a block.
   *
   * @param block absent before the first one followed; in a statement of what was known, that of the owner's last entry
   *     before, absent where there is none
   */
  public record Balance(OptionalLong block, Neuron available, Neuron locked, Neuron total) {}

  /**
   * An account in the period: {@code opening} and the sums of its movements, each as it is added to the account, are
   * {@code closing}.
   *
   * @param provider absent where it is what is available
   * @param adjusted what a snapshot, a comparison with the contract, or a closing has set
   * @param pendingRefund the part of {@code closing} that is asked back
   * @param writtenOff what providers asked for beyond what they got; it moves nothing
   */
  public record Account(Optional<WalletAddress> provider, Optional<ServiceName> service, Neuron opening,
      NeuronSum deposited, NeuronSum withdrawn, NeuronSum transferred, NeuronSum refunded, NeuronSum settled,
      NeuronSum adjusted, Neuron closing, Neuron pendingRefund, NeuronSum writtenOff) {}

  /**
   * The requests of one model and source.
   *
   * @param fees of those that are neither reversed nor set apart
   * @param unverifiedFees what was charged of the fees without unit prices
   */
  public record Usage(WalletAddress provider, ServiceName service, ModelName model, UsageSource source, long requests,
      NeuronSum fees, NeuronSum unverifiedFees) {}

  /**
   * What one entry adds to one account.
   *
   * @param type of the entry, its stored name
   * @param provider absent where it is what is available
   * @param evidence the kind; absent where the passing of time was the cause
   */
  public record Movement(EntryId entry, Instant time, long block, String type, Optional<WalletAddress> provider,
      Optional<ServiceName> service, SignedNeuron amount, Optional<Hash> transaction, Optional<String> evidence) {}
}
