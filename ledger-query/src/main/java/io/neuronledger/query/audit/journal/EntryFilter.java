package io.neuronledger.query.audit.journal;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.noCondition;

import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;

/**
 * The filter of a journal; an absent value does not filter, and of several values of one parameter any will do.
 *
 * @param types stored names of account events
 * @param minAmount in neuron, inclusive; an entry without an amount is in no range of amounts, and a resolution of a
 *     difference is in that of the difference
 * @param maxAmount in neuron, inclusive
 * @param period in block time; of a usage report by its completion, of a reversal and a resolution by their recording
 */
public record EntryFilter(Set<String> types, Optional<WalletAddress> provider, Optional<ServiceName> service,
    Optional<Neuron> minAmount, Optional<Neuron> maxAmount, Optional<Hash> transaction, Set<EvidenceKind> evidence,
    Period period) {
  public static final Parameters<EntryFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<EntryFilter> type() {
      return EntryFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("type", "provider", "service", "min_amount", "max_amount", "transaction", "evidence",
          "start_date", "end_date");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("type", "evidence");
    }

    @Override
    public EntryFilter read(RequestValues given) {
      Optional<Neuron> min = given.value("min_amount", Neuron::parse);
      Optional<Neuron> max = given.value("max_amount", Neuron::parse);
      if (min.isPresent() && max.isPresent() && max.get().compareTo(min.get()) < 0) {
        throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "max_amount", "max_amount is below min_amount");
      }
      return new EntryFilter(given.values("type", EntryFilter::knownType), given.address("provider"),
          given.value("service", ServiceName::typed), min, max, given.value("transaction", Hash::parse),
          given.values("evidence", EvidenceKind::of), Period.read(given));
    }
  };

  private static String knownType(String name) {
    if (!EntryTypes.ALL.contains(name)) {
      throw new IllegalArgumentException("not a type of entry: " + Excerpt.of(name) + "; known: "
          + String.join(", ", EntryTypes.ALL));
    }
    return name;
  }

  /** No filter. */
  public static EntryFilter all() {
    return new EntryFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty(), Set.of(), new Period(Optional.empty(), Optional.empty()));
  }

  /** Whether entries of the type can match. */
  boolean admits(String type) {
    return types.isEmpty() || types.contains(type);
  }

  /** Whether only what the chain caused can match: what comes from off chain has no transaction and no evidence. */
  boolean isOfChain() {
    return transaction.isPresent() || !evidence.isEmpty();
  }

  /** The condition on {@code entry}; none where nothing filters. */
  public Condition ofEntries() {
    List<Condition> all = new ArrayList<>();
    provider.ifPresent(value -> all.add(ENTRY.PROVIDER.eq(value)));
    service.ifPresent(value -> all.add(ENTRY.SERVICE.eq(value)));
    minAmount.ifPresent(value -> all.add(ENTRY.AMOUNT.ge(value)));
    maxAmount.ifPresent(value -> all.add(ENTRY.AMOUNT.le(value)));
    transaction.ifPresent(value -> all.add(ENTRY.TRANSACTION_HASH.eq(value)));
    period.from().ifPresent(value -> all.add(ENTRY.BLOCK_TIME.ge(value)));
    period.until().ifPresent(value -> all.add(ENTRY.BLOCK_TIME.lt(value)));
    if (!types.isEmpty()) {
      all.add(ENTRY.TYPE.in(types));
    }
    if (!evidence.isEmpty()) {
      Condition known = ENTRY.EVIDENCE.in(evidence.stream().map(EvidenceKind::word).toList());
      all.add(evidence.contains(EvidenceKind.NONE) ? known.or(ENTRY.EVIDENCE.isNull()) : known);
    }
    return all.stream().reduce(noCondition(), Condition::and);
  }
}
