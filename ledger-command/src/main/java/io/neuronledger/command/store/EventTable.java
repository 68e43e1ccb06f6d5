package io.neuronledger.command.store;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.foundation.partitionlog.RawBytes;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.io.JsonStringEncoder;

/** The stored events as rows, for publication and forks; Axon reads them as streams. */
public final class EventTable {
  private final JdbcClient jdbc;

  /**
   * @param publicSeq its number among the owners' events of the partition; empty for an event of no owner
   * @param payload the event's JSON as stored
   * @param hash the hash of its record ({@link RecordHash})
   */
  public record StoredEvent(int partition, long seq, OptionalLong publicSeq, String stream, long sequence, String name,
      Instant recordedAt, RawBytes payload, RawBytes hash) {
    private static final int ENVELOPE_SIZE = 256;

    /** The event with its place in the chain of hashes. */
    StoredEvent after(byte[] previousHash, long chainId) {
      return new StoredEvent(partition, seq, publicSeq, stream, sequence, name, recordedAt, payload,
          new RawBytes(RecordHash.of(previousHash, published(chainId))));
    }

    /**
     * The JSON of its {@link AccountRecord}. The event's bytes are copied as stored, without parsing. The event's hash
     * is over these bytes: for a stored event they must never change.
     */
    public byte[] published(long chainId) {
      ByteArrayOutputStream json = new ByteArrayOutputStream(payload.bytes().length + ENVELOPE_SIZE);
      String quoted = new String(JsonStringEncoder.getInstance().quoteAsCharArray(stream));
      json.writeBytes(("{\"chain_id\":" + chainId + ",\"partition\":" + partition + ",\"seq\":" + seq
          + ",\"stream\":\"" + quoted + "\",\"sequence\":" + sequence + ",\"recorded_at\":\"" + recordedAt
          + "\",\"event\":").getBytes(StandardCharsets.UTF_8));
      json.writeBytes(payload.bytes());
      json.write('}');
      return json.toByteArray();
    }
  }

  public EventTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next seq of each partition, by partition: all events below it are committed. */
  public Map<Integer, Long> heads() {
    Map<Integer, Long> heads = new HashMap<>();
    jdbc.sql("SELECT partition, next_seq FROM partition_head").query(row -> {
      heads.put(row.getInt("partition"), row.getLong("next_seq"));
    });
    return heads;
  }

  /** The partition's events from exactly {@code seq} on, in order; none where that one is missing. */
  public List<StoredEvent> read(int partition, long seq, int countMax) {
    return jdbc.sql("""
        SELECT seq, public_seq, stream, sequence, name, recorded_at, payload, hash FROM account_event
        WHERE partition = :partition AND seq >= :seq
          AND EXISTS (SELECT FROM account_event WHERE partition = :partition AND seq = :seq)
        ORDER BY seq LIMIT :count""")
        .param("partition", partition).param("seq", seq).param("count", countMax)
        .query((row, _) -> new StoredEvent(partition, row.getLong(1), publicSeq(row.getObject(2, Long.class)),
            row.getString(3), row.getLong(4), row.getString(5), row.getObject(6, OffsetDateTime.class).toInstant(),
            new RawBytes(row.getBytes(7)), new RawBytes(row.getBytes(8))))
        .list();
  }

  private static OptionalLong publicSeq(@Nullable Long found) {
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /** The partition's newest seal of any branch; empty before the first one. */
  public Optional<PartitionEvent.BlockSealed> lastSeal(int partition) {
    return jdbc.sql("SELECT payload FROM account_event WHERE stream = :stream AND name = :name "
        + "ORDER BY sequence DESC LIMIT 1")
        .param("stream", PartitionStream.idOf(partition)).param("name", EventNames.BLOCK_SEALED)
        .query((row, _) -> seal(row.getBytes(1))).optional();
  }

  /** The time of the newest block sealed in any partition, of any branch; empty before the first one. */
  public Optional<Instant> newestBlockTime() {
    return jdbc.sql("""
        SELECT last.payload FROM partition_head CROSS JOIN LATERAL (SELECT payload FROM account_event
          WHERE stream = 'partition:' || partition_head.partition AND name = :name
          ORDER BY sequence DESC LIMIT 1) AS last""").param("name", EventNames.BLOCK_SEALED)
        .query((row, _) -> seal(row.getBytes(1)).blockTime()).list().stream().max(Comparator.naturalOrder());
  }

  private static PartitionEvent.BlockSealed seal(byte[] payload) {
    return (PartitionEvent.BlockSealed) TopicJson.MAPPER.readValue(payload, AccountEvent.class);
  }

  /** The streams with an event of any branch at or after the block, in order of name. */
  public List<String> touchedFrom(int partition, long block) {
    return jdbc.sql("""
        SELECT DISTINCT stream FROM account_event WHERE partition = :partition AND block >= :block
        ORDER BY stream""")
        .param("partition", partition).param("block", block).query(String.class).list();
  }
}
