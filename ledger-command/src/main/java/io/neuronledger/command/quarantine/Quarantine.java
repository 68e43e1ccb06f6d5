package io.neuronledger.command.quarantine;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The quarantined owners and their parked records. Writes run inside the partition's transaction. */
public final class Quarantine {
  private final JdbcClient jdbc;
  private final Clock clock;

  /**
   * A parked record.
   *
   * @param seq of the chain event
   * @param block of the chain event; empty for a malformed one until its block is sealed
   * @param value the record as it came
   */
  public record ParkedRecord(long seq, Optional<Long> block, RawBytes value) {}

  /** @param reason for operators */
  public record QuarantinedOwner(int partition, WalletAddress owner, String reason) {}

  public Quarantine(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public void add(int partition, WalletAddress owner, String reason) {
    jdbc.sql("""
        INSERT INTO quarantined_owner (partition, owner, reason, since)
        VALUES (:partition, :owner, :reason, :since)""")
        .param("partition", partition).param("owner", owner.value()).param("reason", reason)
        .param("since", OffsetDateTime.now(clock.withZone(ZoneOffset.UTC))).update();
  }

  public void reason(WalletAddress owner, String reason) {
    jdbc.sql("UPDATE quarantined_owner SET reason = :reason WHERE owner = :owner")
        .param("reason", reason).param("owner", owner.value()).update();
  }

  public void remove(WalletAddress owner) {
    jdbc.sql("DELETE FROM quarantined_owner WHERE owner = :owner").param("owner", owner.value()).update();
  }

  public Set<WalletAddress> owners(int partition) {
    return new HashSet<>(jdbc.sql("SELECT owner FROM quarantined_owner WHERE partition = :partition")
        .param("partition", partition)
        .query((row, _) -> new WalletAddress(row.getString(1))).list());
  }

  public List<QuarantinedOwner> all() {
    return jdbc.sql("SELECT partition, owner, reason FROM quarantined_owner ORDER BY owner")
        .query((row, _) -> new QuarantinedOwner(row.getInt(1), new WalletAddress(row.getString(2)), row.getString(3)))
        .list();
  }

  public Optional<QuarantinedOwner> find(WalletAddress owner) {
    return all().stream().filter(each -> each.owner().equals(owner)).findFirst();
  }

  public void park(int partition, WalletAddress owner, long offset, ParkedRecord parked) {
    jdbc.sql("""
        INSERT INTO parked_record (partition, seq, owner, block, kafka_offset, value)
        VALUES (:partition, :seq, :owner, :block, :offset, :value)""")
        .param("partition", partition).param("seq", parked.seq()).param("owner", owner.value())
            .param("block", parked.block().orElse(null))
        .param("offset", offset).param("value", parked.value().bytes()).update();
  }

  /** The owner's records that are neither retracted nor released, in order of seq. */
  public List<ParkedRecord> parked(WalletAddress owner) {
    return jdbc.sql("""
        SELECT seq, block, value FROM parked_record
        WHERE owner = :owner AND NOT retracted AND NOT released ORDER BY seq""")
        .param("owner", owner.value())
        .query((row, _) -> new ParkedRecord(row.getLong(1), Optional.ofNullable(row.getObject(2, Long.class)),
            new RawBytes(row.getBytes(3)))).list();
  }

  /** Assigns the block that is being sealed to the malformed records that were parked since the last seal. */
  public void assignBlock(int partition, long block) {
    jdbc.sql("UPDATE parked_record SET block = :block WHERE partition = :partition AND block IS NULL")
        .param("partition", partition).param("block", block).update();
  }

  /** Marks a parked record as recorded. */
  public void markReleased(int partition, long seq) {
    jdbc.sql("UPDATE parked_record SET released = TRUE WHERE partition = :partition AND seq = :seq")
        .param("partition", partition).param("seq", seq).update();
  }

  /**
   * Marks the parked records from that block on as retracted, also those of a block that is not sealed yet: it is newer
   * than any sealed one.
   *
   * @return the owners without a parked record left
   */
  public List<WalletAddress> retract(int partition, long fromBlock) {
    jdbc.sql("""
        UPDATE parked_record SET retracted = TRUE
        WHERE partition = :partition AND (block >= :block OR block IS NULL) AND NOT released""")
        .param("partition", partition).param("block", fromBlock).update();
    return jdbc.sql("""
        SELECT owner FROM quarantined_owner q WHERE partition = :partition AND NOT EXISTS (
          SELECT FROM parked_record p WHERE p.owner = q.owner AND NOT p.retracted AND NOT p.released)
        ORDER BY owner""")
        .param("partition", partition).query((row, _) -> new WalletAddress(row.getString(1))).list();
  }
}
