package io.neuronledger.query.asof.known;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;

/**
 * What was known at the end of a day, UTC: the records of each partition before the first one that was recorded on a
 * later day, and the block that these show. It follows from the records alone, so that no rebuild, and nothing that
 * comes later, changes it.
 *
 * @param asOf the last block with records of which every partition had all
 * @param positions by partition, the seq of the first record that was not known
 * @param marks by partition, the seq of the last mark that was: chain events after it were not sealed yet
 */
public record Knowledge(AsOf asOf, List<Long> positions, List<Long> marks) {
  /**
   * {0} the day. A partition has everything of the blocks before the first one that is sealed later, and of that one
   * too where a comparison was the reason of the seal, whose results count for the next block; and, where another
   * partition was on a later branch already, of the blocks below that branch.
   */
  private static final String ENDS = """
      WITH ended AS (
        SELECT partition.partition, day.next_seq, day.mark_seq, day.branch, day.finalized_block, day.sealed_block,
          day.sealed_hash, day.sealed_time, day.lacking_block, day.lacking_seq,
          partition.mark_seq >= day.next_seq AS over
        FROM partition LEFT JOIN LATERAL (
          SELECT * FROM partition_day WHERE partition_day.partition = partition.partition
            AND partition_day.day >= {0}::date
          ORDER BY partition_day.day LIMIT 1) AS day ON TRUE)
      SELECT partition, next_seq, mark_seq, finalized_block, sealed_block, sealed_hash, sealed_time,
        coalesce(over, FALSE) AS over, LEAST(
          lacking_block - (NOT EXISTS (SELECT FROM reconciliation_run AS run WHERE run.partition = ended.partition
            AND run.block = ended.lacking_block AND run.seq >= ended.mark_seq AND run.seq < ended.lacking_seq))::int,
          (SELECT min(retraction.from_block) - 1 FROM partition_retraction AS retraction
          WHERE retraction.partition = ended.partition AND retraction.seq >= ended.next_seq
            AND retraction.branch <= (SELECT max(branch) FROM ended))) AS complete_block
      FROM ended ORDER BY partition""";

  /** {0} the positions, {1} the marks, {2} and {3} between which blocks, the latter included. */
  private static final String LAST_SETTLEMENT = """
      SELECT block, block_hash, block_time FROM settlement
      WHERE block > {2} AND block <= {3} AND seq < ({1}::bigint[])[partition + 1] AND NOT EXISTS (
        SELECT FROM partition_retraction AS retraction
        WHERE retraction.partition = settlement.partition AND retraction.from_block <= settlement.block
          AND retraction.seq > settlement.seq AND retraction.seq < ({0}::bigint[])[settlement.partition + 1])
      ORDER BY block DESC LIMIT 1""";

  private record Place(long block, Hash hash, Instant time) {
    private static Place of(Record row, String block, String hash, String time) {
      return new Place(row.get(block, Long.class), Hash.of(row.get(hash, byte[].class)),
          row.get(time, Instant.class));
    }
  }

  /**
   * What was known at the end of a day.
   *
   * @param owner whose records are asked for; empty: those of all
   * @param newest what the answer would be as of otherwise, for a refusal
   * @throws Refusal while a record of the day may still come, if no block was known on that day, or while records of it
   *     are parked that are asked for
   */
  public static Knowledge of(LocalDate day, Optional<WalletAddress> owner, AsOf newest, DSLContext db) {
    Result<Record> ends = db.fetch(ENDS, val(day));
    ends.stream().filter(end -> !end.get("over", Boolean.class)).findFirst().ifPresent(end -> {
      throw Refusal.at(newest, ProblemCode.DAY_NOT_OVER, "of partition " + end.get("partition", Integer.class)
          + " no block that was sealed after " + day + " is read yet");
    });
    List<Long> positions = ends.getValues("next_seq", Long.class);
    List<Long> marks = ends.getValues("mark_seq", Long.class);
    requireNotParked(day, owner, positions, newest, db);
    long complete = ends.getValues("complete_block", Long.class).stream().filter(Objects::nonNull)
        .mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    Optional<Place> sealed = ends.stream().filter(end -> end.get("sealed_block") != null)
        .map(end -> Place.of(end, "sealed_block", "sealed_hash", "sealed_time"))
        .filter(place -> place.block() <= complete).max((one, other) -> Long.compare(one.block(), other.block()));
    Place last = settled(sealed.map(Place::block).orElse(-1L), complete, positions, marks, db).or(() -> sealed)
        .filter(_ -> !positions.contains(0L))
        .orElseThrow(() -> Refusal.at(newest, ProblemCode.DAY_BEFORE_START,
            "at the end of " + day + " no block was known in every partition"));
    boolean isFinal =
        ends.getValues("finalized_block", Long.class).stream().anyMatch(block -> block >= last.block());
    return new Knowledge(new AsOf(last.block(), last.hash(), last.time(), isFinal, Optional.empty(), false),
        positions, marks);
  }

  /**
   * A partition that was ahead names its last seal only, which others may have lacked. Where all had all of a later
   * block with a settlement, the answer is as of that.
   */
  private static Optional<Place> settled(long after, long complete, List<Long> positions, List<Long> marks,
      DSLContext db) {
    return complete == Long.MAX_VALUE ? Optional.empty()
        : db.fetch(LAST_SETTLEMENT, val(array(positions)), val(array(marks)), val(after), val(complete)).stream()
            .findFirst().map(row -> Place.of(row, "block", "block_hash", "block_time"));
  }

  private static void requireNotParked(LocalDate day, Optional<WalletAddress> owner, List<Long> positions,
      AsOf newest, DSLContext db) {
    db.fetch("SELECT '0x' || encode(owner, 'hex') AS owner FROM parked_record"
        + " WHERE seq < ({0}::bigint[])[partition + 1] AND ({1}::bytea IS NULL OR owner = {1}) ORDER BY 1 LIMIT 1",
        val(array(positions)), val(owner.map(WalletAddress::bytes).orElse(null), byte[].class)).stream().findFirst()
        .ifPresent(row -> {
          throw Refusal.at(newest, ProblemCode.OWNER_QUARANTINED, "the answer would lack what is parked of "
              + row.get("owner", String.class) + " up to " + day + ": release it first");
        });
  }

  /** For a parameter of a statement. */
  public static Long[] array(List<Long> values) {
    return values.toArray(Long[]::new);
  }
}
