package io.neuronledger.query.audit.journal;

import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntryDetails;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.query.usage.UsageRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The usage reports of a journal, each where it was accepted, and once more where it was reversed. */
final class ReportLines {
  private final WalletAddress owner;
  private final SeqRange shown;

  /** @param shown the seqs of what is shown */
  ReportLines(WalletAddress owner, SeqRange shown) {
    this.owner = owner;
    this.shown = shown;
  }

  /** By completion, as in the history of usage. */
  JournalSource recorded(EntryFilter filter) {
    return new JournalSource(
        new SeqIndex(USAGE_REQUEST, USAGE_REQUEST.OWNER, val(owner, USAGE_REQUEST.OWNER), USAGE_REQUEST.SEQ),
        Optional.of(USAGE_REQUEST.LINE), shown, noCondition(), matches(filter, USAGE_REQUEST.COMPLETED_AT),
        this::recorded);
  }

  JournalSource reversed(EntryFilter filter) {
    return new JournalSource(new SeqIndex(USAGE_REQUEST, List.of(USAGE_REQUEST.OWNER),
        List.of(val(owner, USAGE_REQUEST.OWNER)), USAGE_REQUEST.REVERSED_SEQ, USAGE_REQUEST.REVERSED_SEQ.isNotNull()),
        shown, noCondition(), matches(filter, USAGE_REQUEST.REVERSED_AT), this::reversed);
  }

  private static Condition matches(EntryFilter filter, Field<Instant> time) {
    List<Condition> all = new ArrayList<>();
    filter.provider().ifPresent(value -> all.add(USAGE_REQUEST.PROVIDER.eq(value)));
    filter.service().ifPresent(value -> all.add(USAGE_REQUEST.SERVICE.eq(value)));
    filter.minAmount().ifPresent(value -> all.add(USAGE_REQUEST.FEE.ge(value)));
    filter.maxAmount().ifPresent(value -> all.add(USAGE_REQUEST.FEE.le(value)));
    filter.period().from().ifPresent(value -> all.add(time.ge(value)));
    filter.period().until().ifPresent(value -> all.add(time.lt(value)));
    return DSL.and(all);
  }

  /** The line of an id, if it is a report's or a reversal's. */
  Optional<EntryView> one(EntryId id, DSLContext db) {
    Condition place = id.report().isPresent()
        ? USAGE_REQUEST.SEQ.eq(id.seq()).and(USAGE_REQUEST.LINE.eq(id.report().getAsInt()))
        : USAGE_REQUEST.REVERSED_SEQ.eq(id.seq());
    return lines(place, db).stream().filter(line -> line.id().equals(id)).findFirst();
  }

  /** The other lines about the request of a line, with those of the reports that it replaces and that replaced it. */
  List<EntryView> corrections(EntryView line, int many, DSLContext db) {
    return line.request().map(request -> {
      List<String> ids = new ArrayList<>(List.of(request.requestId().value()));
      request.replaces().ifPresent(id -> ids.add(id.value()));
      request.reversal().flatMap(UsageEntry.Reversal::replacedBy).ifPresent(id -> ids.add(id.value()));
      return lines(USAGE_REQUEST.PROVIDER.eq(request.provider()).and(USAGE_REQUEST.REQUEST_ID.in(ids)), db).stream()
          .filter(each -> !each.id().equals(line.id())).sorted(Comparator.comparing(EntryView::id)).limit(many)
          .toList();
    }).orElse(List.of());
  }

  private List<EntryView> lines(Condition wanted, DSLContext db) {
    List<EntryView> lines = new ArrayList<>();
    db.selectFrom(USAGE_REQUEST).where(USAGE_REQUEST.OWNER.eq(owner), wanted).forEach(row -> {
      if (isShown(row.get(USAGE_REQUEST.SEQ))) {
        lines.add(recorded(row));
      }
      if (isReversed(row)) {
        lines.add(reversed(row));
      }
    });
    return lines;
  }

  private boolean isShown(long seq) {
    return seq >= shown.from() && seq < shown.until();
  }

  private boolean isReversed(Record row) {
    return row.get(USAGE_REQUEST.REVERSED_SEQ) != null && isShown(row.get(USAGE_REQUEST.REVERSED_SEQ));
  }

  private EntryView recorded(Record row) {
    return line(row, EventNames.USAGE_RECORDED, new EntryId(row.get(USAGE_REQUEST.PARTITION),
        row.get(USAGE_REQUEST.SEQ), OptionalInt.of(row.get(USAGE_REQUEST.LINE))), row.get(USAGE_REQUEST.RECORDED_AT));
  }

  private EntryView reversed(Record row) {
    return line(row, EventNames.USAGE_REVERSED,
        new EntryId(row.get(USAGE_REQUEST.PARTITION), row.get(USAGE_REQUEST.REVERSED_SEQ)),
        row.get(USAGE_REQUEST.REVERSED_AT));
  }

  /** A report is marked as reversed once the journal shows its reversal. */
  private EntryView line(Record row, String type, EntryId id, Instant recordedAt) {
    UsageEntry request = UsageRows.entry(row);
    return new EntryView(id, type, Optional.of(request.provider()), Optional.of(request.service()),
        Optional.of(request.fee()), EntryDetails.NONE, List.of(), Optional.empty(), Optional.empty(),
        OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(isReversed(row) ? request : request.unreversed()), Optional.empty(), recordedAt, false);
  }
}
