package io.neuronledger.wallet.autofund;

import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.client.query.model.UsageEntry;
import io.neuronledger.client.query.model.UsageSource;
import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.funding.AccountMove;
import io.neuronledger.wallet.funding.FundingDecider;
import io.neuronledger.wallet.funding.FundingPolicy;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.funding.FundingSimulation;
import io.neuronledger.wallet.funding.PastTransfer;
import io.neuronledger.wallet.funding.SimulatedDay;
import io.neuronledger.wallet.ledger.OwnerReader;
import io.neuronledger.wallet.ledger.ReadPoint;
import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.plan.Forecaster;
import io.neuronledger.wallet.text.JsonText;
import io.neuronledger.wallet.text.Printable;
import io.neuronledger.wallet.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a policy would have done in the last 30 days, by the ledger's entries and usage. */
final class SimulatedMonth {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration USUAL_LOCK = Duration.ofHours(24);
  private static final List<EntryType> PLAYED = List.of(EntryType.FUNDS_DEPOSITED_V1, EntryType.FUNDS_WITHDRAWN_V1,
      EntryType.FUNDS_TRANSFERRED_V1, EntryType.REFUND_REQUESTED_V1, EntryType.REFUNDS_COMPLETED_V1,
      EntryType.FEES_SETTLED_V1, EntryType.USAGE_RECORDED_V1, EntryType.USAGE_REVERSED_V1,
      EntryType.LEDGER_OPENED_FROM_SNAPSHOT_V1, EntryType.LEDGER_RESTATED_V1);

  private final FundingPolicy policy;
  private final OwnerReader reader;
  private final OutputOptions output;
  private final Instant now;
  private final WalletAddress owner;

  /** A day as data; amounts are in neuron. */
  private record Line(LocalDate day, String provider, String service, String funded, int transfers, String used,
      String lowestSpendable, int refusedRequests, Optional<Instant> firstRefused, Optional<String> notFunded) {}

  SimulatedMonth(FundingPolicy policy, LedgerOptions ledger, WalletAddress owner, OutputOptions output) {
    this.policy = policy;
    this.owner = owner;
    this.reader = new OwnerReader(ledger.reader(), owner);
    this.output = output;
    this.now = ledger.surroundings().clock().instant();
  }

  void print() {
    List<SimulatedDay> days = days();
    if (output.json()) {
      days.forEach(day -> output.line(JsonText.line(new Line(day.day(), day.rule().provider().checksummed(),
          day.rule().service().value(), day.funded().toString(), day.transfers(), day.used().toString(),
          day.lowest().toString(), day.refusedRequests(), day.firstRefused(), day.notFunded().map(Printable::of)))));
      return;
    }
    Table table = new Table("Day", "Provider", "Service", output.title("Funded"), "Transfers", output.title("Used"),
        output.title("Lowest Spendable"), "Requests Refused");
    for (SimulatedDay day : days) {
      table.row(day.day().toString(), day.rule().provider().checksummed(), day.rule().service().value(),
          output.format().show(day.funded()), String.valueOf(day.transfers()), output.format().show(day.used().value()),
          output.format().show(day.lowest().value()), day.refusedRequests()
              + day.firstRefused().map(first -> ", the first at " + first).orElse(""));
    }
    output.table("Simulation of " + owner.checksummed() + ", " + now.minus(MONTH) + " to " + now, table, "Nothing.");
    days.forEach(day -> day.notFunded().ifPresent(reason -> output.line("Not funded on " + day.day() + ", "
        + day.rule().shown() + ": " + Printable.of(reason) + ".")));
  }

  private List<SimulatedDay> days() {
    Instant beginning = now.minus(MONTH);
    Optional<Map<ServiceName, Duration>> locks = reader.lockPeriods();
    Forecaster forecaster = new Forecaster(rules(), locks);
    OwnerReader.HoldingsAt start = reader.holdings(
        new ReadPoint(Optional.empty(), Optional.of(beginning.atOffset(ZoneOffset.UTC))));
    // A day of the chain may be another one than that of the beginning.
    LocalDate first = LocalDate.ofInstant(beginning, ZoneOffset.UTC);
    List<Entry> entries =
        reader.entries(PLAYED, Optional.empty(), Optional.empty(), Optional.of(first)).entries();
    List<AccountMove> moves = new ArrayList<>();
    try {
      Instant from = start.at().map(OwnerReader.ReadBlock::time).orElse(beginning);
      entries.forEach(entry -> move(entry).filter(move -> move.time().isAfter(from) && !move.time().isAfter(now))
          .ifPresent(moves::add));
    } catch (IllegalArgumentException | NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger answers an entry without what its type has.", e);
    }
    Duration lock = locks.map(known -> known.values().stream().max(Duration::compareTo).orElse(USUAL_LOCK))
        .orElse(USUAL_LOCK);
    return new FundingSimulation(new FundingDecider(forecaster), policy.rules(), start.holdings(), before(beginning),
        lock).play(moves, beginning, now);
  }

  private ContractRules rules() {
    try {
      return ContractRules.of(reader.deployment().getFamily(), policy.chainId());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("The ledger follows what is not known here, "
          + Printable.of(String.valueOf(e.getMessage())) + ".");
    }
  }

  private Map<FundingRule, List<PastTransfer>> before(Instant beginning) {
    Map<FundingRule, List<PastTransfer>> before = new HashMap<>();
    for (FundingRule rule : policy.rules()) {
      before.put(rule, reader.entries(List.of(EntryType.FUNDS_TRANSFERRED_V1), Optional.of(rule.provider()),
          Optional.of(rule.service()), Optional.empty()).entries().stream().map(FundingReader::transfer)
          .filter(each -> !each.time().isAfter(beginning)).toList());
    }
    return before;
  }

  /** Empty for usage that no sub-account pays. */
  private Optional<AccountMove> move(Entry entry) {
    return switch (entry.getType()) {
      case FUNDS_DEPOSITED_V1 -> Optional.of(new AccountMove.Deposited(time(entry), amount(entry)));
      case FUNDS_WITHDRAWN_V1 -> Optional.of(new AccountMove.Withdrawn(time(entry), amount(entry)));
      case FUNDS_TRANSFERRED_V1 -> Optional.of(new AccountMove.Transferred(time(entry), provider(entry),
          service(entry), FundingReader.transfer(entry).amount()));
      case REFUND_REQUESTED_V1 -> Optional.of(new AccountMove.AskedBack(time(entry), provider(entry), service(entry),
          amount(entry)));
      case REFUNDS_COMPLETED_V1 -> Optional.of(new AccountMove.Returned(time(entry), provider(entry), service(entry),
          amount(entry)));
      case FEES_SETTLED_V1 -> Optional.of(new AccountMove.Settled(time(entry), provider(entry), service(entry),
          Neuron.parse(Objects.requireNonNull(entry.getDetails().getAsked()))));
      case USAGE_RECORDED_V1 -> usage(entry).map(request -> new AccountMove.Used(at(request.getWhen()),
          provider(entry), service(entry), Neuron.parse(request.getFee())));
      case USAGE_REVERSED_V1 -> usage(entry).map(request -> new AccountMove.Reversed(at(entry.getRecordedAt()),
          provider(entry), service(entry), Neuron.parse(request.getFee())));
      default -> {
        output.note("The simulation does not play " + Printable.of(entry.getType() + " " + entry.getId())
            + ": what it changes is missing in what follows.");
        yield Optional.empty();
      }
    };
  }

  private static Optional<UsageEntry> usage(Entry entry) {
    return Optional.ofNullable(entry.getRequest()).filter(request -> request.getSource() == UsageSource.DIRECT);
  }

  private static Instant time(Entry entry) {
    return at(Objects.requireNonNull(entry.getBlockTime()));
  }

  private static Instant at(OffsetDateTime time) {
    return time.toInstant();
  }

  private static Neuron amount(Entry entry) {
    return Neuron.parse(Objects.requireNonNull(entry.getAmount()));
  }

  private static WalletAddress provider(Entry entry) {
    return WalletAddress.typed(Objects.requireNonNull(entry.getProvider()));
  }

  private static ServiceName service(Entry entry) {
    return ServiceName.typed(Objects.requireNonNull(entry.getService()));
  }
}
