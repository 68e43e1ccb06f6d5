package io.neuronledger.query.audit.journal;

import static io.neuronledger.query.db.Tables.DIFFERENCE_RESOLUTION;
import static io.neuronledger.query.db.Tables.DISCREPANCY_RESOLUTION;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.query.asof.ReadPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** What comes from off chain in an owner's journal: usage reports, their reversals, and resolutions. */
public final class OffChainLines {
  private final ReportLines reports;
  private final ResolutionLines resolutions;

  /** Those that an answer shows: the ones before the owner's first entry that is not sealed yet. */
  public OffChainLines(WalletAddress owner, ReadPoint at, DSLContext db) {
    SeqRange shown = SeqRange.ALL.until(Horizon.of(owner, at, db));
    this.reports = new ReportLines(owner, shown);
    this.resolutions = new ResolutionLines(owner, at.partition(), shown);
  }

  /** The sources that can have lines of a filter. */
  public List<JournalSource> sources(EntryFilter filter) {
    List<JournalSource> sources = new ArrayList<>();
    if (filter.isOfChain()) {
      return sources;
    }
    if (filter.admits(EventNames.USAGE_RECORDED)) {
      sources.add(reports.recorded(filter));
    }
    if (filter.admits(EventNames.USAGE_REVERSED)) {
      sources.add(reports.reversed(filter));
    }
    sources.addAll(resolutions.ofDiscrepancies(filter));
    sources.addAll(resolutions.ofDifferences(filter));
    return sources;
  }

  /** The line of an id. */
  public Optional<EntryView> one(EntryId id, DSLContext db) {
    return reports.one(id, db).or(() -> resolutions.one(id, db));
  }

  /** The first {@code many} other lines about the request of a line. */
  public List<EntryView> corrections(EntryView line, int many, DSLContext db) {
    return reports.corrections(line, many, db);
  }

  /** The resolutions of broken rules, by their keys. */
  public static List<EntryView.Resolution> resolutions(WalletAddress owner, List<String> keys, DSLContext db) {
    return keys.isEmpty() ? List.of() : db.selectFrom(DISCREPANCY_RESOLUTION)
        .where(DISCREPANCY_RESOLUTION.OWNER.eq(owner), DISCREPANCY_RESOLUTION.KEY.in(keys))
        .fetch(ResolutionLines::ofDiscrepancyRow);
  }

  /** The resolutions of a settlement's differences. */
  public static List<EntryView.Resolution> resolutions(SubAccountId subAccount, SettlementId settlement,
      DSLContext db) {
    return db.selectFrom(DIFFERENCE_RESOLUTION)
        .where(DIFFERENCE_RESOLUTION.OWNER.eq(subAccount.owner()),
            DIFFERENCE_RESOLUTION.PROVIDER.eq(subAccount.provider()),
            DIFFERENCE_RESOLUTION.SERVICE.eq(subAccount.service()),
            DIFFERENCE_RESOLUTION.SETTLEMENT.eq(settlement.toString()))
        .fetch(row -> ResolutionLines.ofDifferenceRow(row, subAccount));
  }

  /** The owner of a line, shown or not. */
  public static Optional<WalletAddress> ownerOf(EntryId id, DSLContext db) {
    if (id.report().isPresent()) {
      return db.select(USAGE_REQUEST.OWNER).from(USAGE_REQUEST)
          .where(USAGE_REQUEST.PARTITION.eq(id.partition()), USAGE_REQUEST.SEQ.eq(id.seq()))
          .limit(1).fetchOptional(USAGE_REQUEST.OWNER);
    }
    return db.fetch(select(USAGE_REQUEST.OWNER).from(USAGE_REQUEST)
            .where(USAGE_REQUEST.PARTITION.eq(id.partition()), USAGE_REQUEST.REVERSED_SEQ.eq(id.seq()))
            .unionAll(select(DISCREPANCY_RESOLUTION.OWNER).from(DISCREPANCY_RESOLUTION)
                .where(DISCREPANCY_RESOLUTION.PARTITION.eq(id.partition()), DISCREPANCY_RESOLUTION.SEQ.eq(id.seq())))
            .unionAll(select(DIFFERENCE_RESOLUTION.OWNER).from(DIFFERENCE_RESOLUTION)
                .where(DIFFERENCE_RESOLUTION.PARTITION.eq(id.partition()), DIFFERENCE_RESOLUTION.SEQ.eq(id.seq()))))
        .stream().findFirst().map(row -> row.value1());
  }
}
