package io.neuronledger.query.quarantine;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.PARKED_RECORD;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.QuarantineView;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.blocks.SealedBlocks;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Lists the quarantined owners. */
final class QuarantineQueries {
  private static final String HERE = "ledger-query";

  QuarantineView quarantined(DSLContext db) {
    Field<Integer> parked = field(selectCount().from(PARKED_RECORD).where(
        PARKED_RECORD.OWNER.eq(QUARANTINE.OWNER), QUARANTINE.FOUND_BY.eq(HERE)));
    return new QuarantineView(db.select(QUARANTINE.asterisk(), parked, SealedBlocks.SEALED.BLOCK_).from(QUARANTINE)
        .join(PARTITION).on(PARTITION.PARTITION_.eq(QUARANTINE.PARTITION)).crossJoin(BLOCKS_POSITION)
        .leftJoin(SealedBlocks.of(QUARANTINE.CAP_CHAIN_NEXT)).on(trueCondition())
        .where(Visibility.quarantineInEffect())
        .orderBy(QUARANTINE.OWNER, QUARANTINE.SEQ)
        .fetch(row -> view(row, row.get(parked))));
  }

  /** The owners whose records this service parks. */
  List<WalletAddress> parkedOwners(DSLContext db) {
    return db.selectDistinct(QUARANTINE.OWNER).from(QUARANTINE).where(QUARANTINE.FOUND_BY.eq(HERE))
        .orderBy(QUARANTINE.OWNER).fetch(QUARANTINE.OWNER);
  }

  private static QuarantineView.Owner view(Record row, int parked) {
    Long block = row.get(SealedBlocks.SEALED.BLOCK_);
    return new QuarantineView.Owner(row.get(QUARANTINE.OWNER), row.get(QUARANTINE.PARTITION), row.get(QUARANTINE.SEQ),
        row.get(QUARANTINE.FOUND_BY).equals(HERE)
            ? QuarantineView.FoundBy.LEDGER_QUERY
            : QuarantineView.FoundBy.LEDGER_COMMAND,
        row.get(QUARANTINE.REASON), block == null ? OptionalLong.empty() : OptionalLong.of(block), parked);
  }
}
