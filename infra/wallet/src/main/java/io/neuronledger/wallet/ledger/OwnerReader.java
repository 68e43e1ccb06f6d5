package io.neuronledger.wallet.ledger;

import io.neuronledger.client.Lists;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.model.AsOf;
import io.neuronledger.client.query.model.Deployment;
import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.client.query.model.Ledger;
import io.neuronledger.client.query.model.LedgerDetails;
import io.neuronledger.client.query.model.Refund;
import io.neuronledger.client.query.model.Status;
import io.neuronledger.client.query.model.SubAccount;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.PendingRefund;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a transaction of an owner starts from, and what it has left in the ledger. */
public final class OwnerReader {
  private static final int PAGE = 500;

  private final LedgerReader ledger;
  private final WalletAddress owner;

  /**
   * What an owner holds, and at which block.
   *
   * @param at empty for a wallet without a ledger
   */
  public record HoldingsAt(Holdings holdings, Optional<ReadBlock> at, boolean behind, boolean quarantined) {}

  /** The block that an answer is as of. */
  public record ReadBlock(long number, String hash, Instant time) {
    static ReadBlock of(AsOf asOf) {
      return new ReadBlock(asOf.getBlock(), asOf.getBlockHash(), asOf.getBlockTime().toInstant());
    }
  }

  /** Entries of an owner, oldest first, and the block that they are as of. */
  public record EntriesAt(List<Entry> entries, ReadBlock at) {
    public EntriesAt {
      entries = List.copyOf(entries);
    }
  }

  /**
   * What the ledger has of a transaction.
   *
   * @param entries the owner's, without those that a fork has taken back; empty for none
   * @param at the block as of which it answers; empty where it does not say
   * @param finalized whether no fork takes back what it shows
   */
  public record TransactionEntries(List<Entry> entries, Optional<ReadBlock> at, boolean finalized) {
    public TransactionEntries {
      entries = List.copyOf(entries);
    }
  }

  public OwnerReader(LedgerReader ledger, WalletAddress owner) {
    this.ledger = ledger;
    this.owner = owner;
  }

  /**
   * The same for who asks again and again: a question is sent once.
   *
   * @param timeout for each answer, more than zero
   */
  public OwnerReader once(Duration timeout) {
    return new OwnerReader(ledger.once(timeout), owner);
  }

  /** @throws CommandFailure if the ledger follows nothing yet */
  public Deployment deployment() {
    Status status = ledger.ask(() -> ledger.service().status());
    Deployment deployment = status.getDeployment();
    if (deployment == null || deployment.getChainId() == null || deployment.getFamily() == null
        || deployment.getContracts() == null || deployment.getContracts().isEmpty()) {
      throw CommandFailure.failed("The ledger " + ledger.shown() + " follows no contract yet.");
    }
    return deployment;
  }

  /** At the newest block. A wallet without a ledger holds nothing. */
  public HoldingsAt holdings() {
    return holdings(ReadPoint.NEWEST);
  }

  /** At any block; before the first one there is nothing. */
  public HoldingsAt holdings(ReadPoint point) {
    Optional<Ledger> answer = ledger.findLedger(() -> ledger.balances().ledger(APILedgerRequest.newBuilder()
        .owner(owner.checksummed()).detail(true).atBlock(point.block().orElse(null))
        .atTime(point.time().orElse(null)).build()));
    if (answer.isEmpty()) {
      return new HoldingsAt(new Holdings(owner, false, Neuron.ZERO, Neuron.ZERO, List.of()), Optional.empty(),
          asOf().map(AsOf::getBehind).orElse(false), false);
    }
    Ledger found = answer.get();
    try {
      return new HoldingsAt(read(found), Optional.of(ReadBlock.of(found.getAsOf())), found.getAsOf().getBehind(),
          found.getQuarantined());
    } catch (IllegalArgumentException | NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger " + ledger.shown() + " answers what is no ledger.", e);
    }
  }

  private Holdings read(Ledger found) {
    LedgerDetails detail = found.getDetail();
    return new Holdings(owner, found.getState() == Ledger.StateEnum.OPEN, Neuron.parse(found.getAvailable()),
        Neuron.parse(found.getTotal()),
        detail == null ? List.of() : detail.getSubAccounts().stream().map(OwnerReader::subAccount).toList());
  }

  private static SubAccountHoldings subAccount(SubAccount account) {
    return new SubAccountHoldings(WalletAddress.typed(account.getProvider()), ServiceName.typed(account.getService()),
        Neuron.parse(account.getBalance()), account.getRefunds().stream().map(OwnerReader::refund).toList(),
        NeuronSum.parse(account.getUnsettled()));
  }

  private static PendingRefund refund(Refund refund) {
    return new PendingRefund(Neuron.parse(refund.getAmount()), refund.getRequestedAt().toInstant(),
        refund.getUnlocksAt().toInstant(), refund.getState() == Refund.StateEnum.CLAIMABLE);
  }

  /** The services and how long a refund waits; empty for a credential that may not ask for them. */
  public Optional<Map<ServiceName, Duration>> lockPeriods() {
    return ledger.find(() -> ledger.client().lists().services(UnaryOperator.identity()).toList()).map(lines -> {
      try {
        return lines.stream().collect(Collectors.toMap(line -> ServiceName.of(line.getService()),
            line -> Duration.ofSeconds(line.getLockSeconds()), (_, last) -> last));
      } catch (IllegalArgumentException | NullPointerException e) {
        // The generated client takes an answer without what its document demands.
        throw CommandFailure.failed("The ledger " + ledger.shown() + " answers what is no list of services.", e);
      }
    });
  }

  /** The owner's entries of a transaction, as of now. */
  public TransactionEntries entries(Hash transaction) {
    Optional<EntriesPage> page = page(transaction);
    Optional<ReadBlock> at = Optional.empty();
    if (page.isEmpty()) {
      // Asked in this order: a ledger that is opened meanwhile would seem to be missing as of a block that has it.
      at = asOf().map(ReadBlock::of);
      page = page(transaction);
    }
    try {
      return page.isEmpty() ? new TransactionEntries(List.of(), at, false)
          : new TransactionEntries(page.get().getEntries().stream().filter(entry -> !entry.getRetracted()).toList(),
              Optional.of(ReadBlock.of(page.get().getAsOf())), page.get().getAsOf().getFinalized());
    } catch (NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger " + ledger.shown() + " answers what is no list of entries.", e);
    }
  }

  private Optional<EntriesPage> page(Hash transaction) {
    return ledger.findLedger(() -> ledger.journal().entries(APIEntriesRequest.newBuilder()
        .owner(owner.checksummed()).transaction(transaction.value()).order("asc").limit(PAGE).build()));
  }

  /** The newest block, where no ledger of the owner names it. */
  private Optional<AsOf> asOf() {
    return Optional.ofNullable(ledger.ask(() -> ledger.service().status()).getAsOf());
  }

  /**
   * All entries of some types that count, oldest first.
   *
   * @param provider with this one only; empty for all
   * @param service of this one only; empty for all
   * @param since the first UTC day; empty for all that there are
   */
  public EntriesAt entries(List<EntryType> types, Optional<WalletAddress> provider, Optional<ServiceName> service,
      Optional<LocalDate> since) {
    try {
      List<EntriesPage> pages = ledger.ask(() -> Lists.pages(cursor -> ledger.journal().entries(
          APIEntriesRequest.newBuilder().owner(owner.checksummed()).type(types)
              .provider(provider.map(WalletAddress::checksummed).orElse(null))
              .service(service.map(ServiceName::value).orElse(null)).startDate(since.orElse(null))
              .order("asc").limit(PAGE).cursor(cursor.orElse(null)).build()), EntriesPage::getNextCursor).toList());
      return new EntriesAt(pages.stream().flatMap(page -> page.getEntries().stream())
          .filter(entry -> !entry.getRetracted()).toList(), ReadBlock.of(pages.getLast().getAsOf()));
    } catch (NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger " + ledger.shown() + " answers what is no list of entries.", e);
    }
  }
}
