package io.neuronledger.query.audit.journal;

import static io.neuronledger.query.db.Tables.DIFFERENCE_RESOLUTION;
import static io.neuronledger.query.db.Tables.DISCREPANCY_RESOLUTION;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntryDetails;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.usage.DiscrepancyResolution.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The resolutions of a journal: of broken rules, and of differences between settlements and usage. */
final class ResolutionLines {
  /** The key of a broken rule ends with the sub-account, where one was concerned. */
  private static final String OF_SUB_ACCOUNT = ":sub-account:";
  private static final String ANY_ADDRESS = "_".repeat(WalletAddress.ZERO.value().length());

  private final WalletAddress owner;
  private final int partition;
  private final SeqRange shown;

  /** @param shown the seqs of what is shown */
  ResolutionLines(WalletAddress owner, int partition, SeqRange shown) {
    this.owner = owner;
    this.partition = partition;
    this.shown = shown;
  }

  /**
   * What broke a rule has no amount, and is in no range of amounts. None if the filter leaves out all that is decided
   * about broken rules.
   */
  List<JournalSource> ofDiscrepancies(EntryFilter filter) {
    List<State> admitted = Stream.of(State.RESOLVED, State.REVOKED)
        .filter(state -> filter.admits(typeOfDiscrepancy(state))).toList();
    if (admitted.isEmpty()) {
      return List.of();
    }
    List<Condition> all = during(filter, DISCREPANCY_RESOLUTION.RESOLVED_AT);
    all.add(DISCREPANCY_RESOLUTION.DECISION.in(admitted.stream().map(ResolutionLines::word).toList()));
    if (filter.minAmount().isPresent() || filter.maxAmount().isPresent()) {
      all.add(falseCondition());
    }
    if (filter.provider().isPresent() || filter.service().isPresent()) {
      all.add(DISCREPANCY_RESOLUTION.KEY.like("%" + OF_SUB_ACCOUNT + owner + ":"
          + filter.provider().map(WalletAddress::value).orElse(ANY_ADDRESS) + ":"
          + filter.service().map(ResolutionLines::escaped).orElse("%")));
    }
    return List.of(new JournalSource(new SeqIndex(DISCREPANCY_RESOLUTION, DISCREPANCY_RESOLUTION.OWNER,
        val(owner, DISCREPANCY_RESOLUTION.OWNER), DISCREPANCY_RESOLUTION.SEQ), shown, noCondition(), DSL.and(all),
        this::ofDiscrepancy));
  }

  /** None if the filter leaves out all that is decided about differences. A revocation has no amount. */
  List<JournalSource> ofDifferences(EntryFilter filter) {
    List<State> admitted = Arrays.stream(State.values()).filter(state -> filter.admits(typeOf(state))).toList();
    if (admitted.isEmpty()) {
      return List.of();
    }
    List<Condition> all = during(filter, DIFFERENCE_RESOLUTION.RESOLVED_AT);
    all.add(DIFFERENCE_RESOLUTION.DECISION.in(admitted.stream().map(ResolutionLines::word).toList()));
    filter.provider().ifPresent(value -> all.add(DIFFERENCE_RESOLUTION.PROVIDER.eq(value)));
    filter.service().ifPresent(value -> all.add(DIFFERENCE_RESOLUTION.SERVICE.eq(value)));
    filter.minAmount().ifPresent(value -> all.add(DIFFERENCE_RESOLUTION.AMOUNT.ge(NeuronSum.of(value))));
    filter.maxAmount().ifPresent(value -> all.add(DIFFERENCE_RESOLUTION.AMOUNT.le(NeuronSum.of(value))));
    return List.of(new JournalSource(new SeqIndex(DIFFERENCE_RESOLUTION, DIFFERENCE_RESOLUTION.OWNER,
        val(owner, DIFFERENCE_RESOLUTION.OWNER), DIFFERENCE_RESOLUTION.SEQ), shown, noCondition(), DSL.and(all),
        this::ofDifference));
  }

  private static String typeOf(State state) {
    return switch (state) {
      case PROPOSED -> EventNames.DIFFERENCE_RESOLUTION_PROPOSED;
      case RESOLVED -> EventNames.DIFFERENCE_RESOLVED;
      case REVOKED -> EventNames.DIFFERENCE_RESOLUTION_REVOKED;
    };
  }

  private static String typeOfDiscrepancy(State state) {
    return state == State.REVOKED ? EventNames.DISCREPANCY_RESOLUTION_REVOKED : EventNames.DISCREPANCY_RESOLVED;
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static State stateOf(String word) {
    return State.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static List<Condition> during(EntryFilter filter, Field<Instant> resolvedAt) {
    List<Condition> all = new ArrayList<>();
    filter.period().from().ifPresent(value -> all.add(resolvedAt.ge(value)));
    filter.period().until().ifPresent(value -> all.add(resolvedAt.lt(value)));
    return all;
  }

  private static String escaped(ServiceName service) {
    return service.value().replaceAll("[\\\\%_]", "\\\\$0");
  }

  /** The line of an id, if it is a resolution's. */
  Optional<EntryView> one(EntryId id, DSLContext db) {
    if (id.report().isPresent() || id.seq() >= shown.until()) {
      return Optional.empty();
    }
    return db.selectFrom(DISCREPANCY_RESOLUTION)
        .where(DISCREPANCY_RESOLUTION.OWNER.eq(owner), DISCREPANCY_RESOLUTION.SEQ.eq(id.seq()))
        .fetchOptional(this::ofDiscrepancy)
        .or(() -> db.selectFrom(DIFFERENCE_RESOLUTION)
            .where(DIFFERENCE_RESOLUTION.OWNER.eq(owner), DIFFERENCE_RESOLUTION.SEQ.eq(id.seq()))
            .fetchOptional(this::ofDifference));
  }

  private EntryView ofDiscrepancy(Record row) {
    return line(typeOfDiscrepancy(stateOf(row.get(DISCREPANCY_RESOLUTION.DECISION))),
        row.get(DISCREPANCY_RESOLUTION.SEQ), subAccount(row.get(DISCREPANCY_RESOLUTION.KEY)), ofDiscrepancyRow(row));
  }

  private Optional<SubAccountId> subAccount(String key) {
    int at = key.indexOf(OF_SUB_ACCOUNT + owner + ":");
    return at < 0 ? Optional.empty() : Optional.of(SubAccountId.parse(key.substring(at + 1)));
  }

  /** @param row with all fields of a resolved discrepancy */
  static EntryView.Resolution ofDiscrepancyRow(Record row) {
    return new EntryView.Resolution(row.get(DISCREPANCY_RESOLUTION.KEY),
        stateOf(row.get(DISCREPANCY_RESOLUTION.DECISION)), Optional.empty(),
        row.get(DISCREPANCY_RESOLUTION.REASON), row.get(DISCREPANCY_RESOLUTION.RESOLVED_AT));
  }

  private EntryView ofDifference(Record row) {
    SubAccountId subAccount =
        new SubAccountId(owner, row.get(DIFFERENCE_RESOLUTION.PROVIDER), row.get(DIFFERENCE_RESOLUTION.SERVICE));
    return line(typeOf(stateOf(row.get(DIFFERENCE_RESOLUTION.DECISION))), row.get(DIFFERENCE_RESOLUTION.SEQ),
        Optional.of(subAccount), ofDifferenceRow(row, subAccount));
  }

  /** @param row with all fields of a resolved difference */
  static EntryView.Resolution ofDifferenceRow(Record row, SubAccountId subAccount) {
    DifferenceKey key = new DifferenceKey(DifferenceKey.Kind.of(row.get(DIFFERENCE_RESOLUTION.KIND)),
        Optional.of(row.get(DIFFERENCE_RESOLUTION.SETTLEMENT)).filter(text -> !text.isEmpty())
            .map(SettlementId::parse), subAccount);
    return new EntryView.Resolution(key.toString(), stateOf(row.get(DIFFERENCE_RESOLUTION.DECISION)),
        Optional.ofNullable(row.get(DIFFERENCE_RESOLUTION.AMOUNT)), row.get(DIFFERENCE_RESOLUTION.REASON),
        row.get(DIFFERENCE_RESOLUTION.RESOLVED_AT));
  }

  private EntryView line(String type, long seq, Optional<SubAccountId> subAccount, EntryView.Resolution resolution) {
    return new EntryView(new EntryId(partition, seq), type, subAccount.map(SubAccountId::provider),
        subAccount.map(SubAccountId::service), Optional.empty(), EntryDetails.NONE, List.of(), Optional.empty(),
        Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(resolution), resolution.at(), false);
  }
}
