package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/** The records of some partitions that {@link Visibility#seals} shows, also before their rows are stored. */
public final class SealedRecords {
  private final Map<Integer, Long> seals = new HashMap<>();
  private final Map<WalletAddress, Long> caps = new HashMap<>();

  /** @param partitions as stored, with their quarantines, in this transaction */
  public SealedRecords(Collection<Integer> partitions, DSLContext db) {
    db.select(PARTITION.PARTITION_, PARTITION.SEALED_SEQ, QUARANTINE.OWNER,
            coalesce(QUARANTINE.CAP_SEQ, inline(0L)).as("cap"))
        .from(PARTITION).leftJoin(QUARANTINE)
        .on(QUARANTINE.PARTITION.eq(PARTITION.PARTITION_), Visibility.quarantineInEffect())
        .where(PARTITION.PARTITION_.in(partitions), PARTITION.SEALED_SEQ.isNotNull())
        .forEach(row -> {
          seals.put(row.value1(), row.value2());
          if (row.value3() != null) {
            caps.merge(row.value3(), row.value4(), Math::min);
          }
        });
  }

  /** Whether the record precedes the seal of its partition, or that at which its owner's answers are frozen. */
  public boolean include(int partition, long seq, WalletAddress owner) {
    long seal = seals.getOrDefault(partition, 0L);
    return seq < Math.min(seal, caps.getOrDefault(owner, seal));
  }
}
