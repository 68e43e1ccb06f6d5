package io.neuronledger.command.admin;

import io.neuronledger.command.key.ApiKeyAggregate;
import io.neuronledger.command.key.ApiKeyEvent;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;

/**
 * Finds gaps in the sequences of partitions, streams, snapshots and API keys, events of keys that cannot be read, and
 * reports that were reversed without a row that says so, or the other way round.
 * Scans whole tables: for operators and for {@code ./ledger check}.
 */
public final class StoreIntegrity {
  /** One statement, so that all rows are of one database snapshot. */
  private static final String GAPS = """
      SELECT *, count(*) OVER () AS total FROM (
        SELECT 'partition-sequence' AS rule, format('account_event: partition %s, seq %s', partition, seq) AS row_name,
          'seq ' || expected_number AS expected, 'seq ' || seq AS found
        FROM (SELECT partition, seq, row_number() OVER (PARTITION BY partition ORDER BY seq) - 1 AS expected_number
          FROM account_event) AS numbered
        WHERE seq <> expected_number
        UNION ALL
        SELECT 'partition-sequence', format('partition_head: partition %s', partition), 'next seq ' || stored,
          'next seq ' || next_seq
        FROM partition_head LEFT JOIN LATERAL (SELECT coalesce(max(seq) + 1, 0) AS stored FROM account_event
          WHERE account_event.partition = partition_head.partition) AS events ON TRUE
        WHERE stored <> next_seq
        UNION ALL
        SELECT 'public-sequence', format('account_event: partition %s, seq %s', partition, seq),
          'public seq ' || expected_number, 'public seq ' || public_seq
        FROM (SELECT partition, seq, public_seq, row_number() OVER (PARTITION BY partition ORDER BY seq) - 1
            AS expected_number FROM account_event WHERE public_seq IS NOT NULL) AS numbered
        WHERE public_seq <> expected_number
        UNION ALL
        SELECT 'public-sequence', format('partition_head: partition %s', partition), 'next public seq ' || stored,
          'next public seq ' || next_public_seq
        FROM partition_head LEFT JOIN LATERAL (SELECT coalesce(max(public_seq) + 1, 0) AS stored FROM account_event
          WHERE account_event.partition = partition_head.partition) AS events ON TRUE
        WHERE stored <> next_public_seq
        UNION ALL
        SELECT 'stream-sequence', format('account_event: partition %s, seq %s, stream %s', partition, seq, stream),
          'event ' || expected_number, 'event ' || sequence
        FROM (SELECT partition, seq, stream, sequence,
            row_number() OVER (PARTITION BY stream ORDER BY sequence) - 1 AS expected_number
          FROM account_event) AS numbered
        WHERE sequence <> expected_number
        UNION ALL
        SELECT 'key-sequence', format('api_key_event: seq %s', seq), 'seq ' || expected_number, 'seq ' || seq
        FROM (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS expected_number FROM api_key_event) AS numbered
        WHERE seq <> expected_number
        UNION ALL
        SELECT 'key-sequence', format('api_key_event: seq %s, stream %s', seq, stream), 'event ' || expected_number,
          'event ' || sequence
        FROM (SELECT seq, stream, sequence, row_number() OVER (PARTITION BY stream ORDER BY sequence) - 1
            AS expected_number FROM api_key_event) AS numbered
        WHERE sequence <> expected_number
        UNION ALL
        SELECT 'reversed-request', coalesce('reversed_request: ' || reversed.request,
            format('account_event: stream %s, event %s', reversal.stream, reversal.sequence)),
          coalesce('event ' || reversal.sequence, 'none'), coalesce('event ' || reversed.sequence, 'none')
        FROM reversed_request AS reversed FULL JOIN (
          SELECT stream, sequence, encode(substring(sha256(decode(substr(event ->> 'provider', 3), 'hex')
            || convert_to(event #>> '{line,request_id}', 'UTF8')) FROM 1 FOR 16), 'hex')::uuid AS request
          FROM account_event CROSS JOIN LATERAL (SELECT convert_from(payload, 'UTF8')::jsonb AS event) AS inside
          WHERE name = 'usage-reversed.v1') AS reversal USING (request)
        WHERE reversed.sequence IS DISTINCT FROM reversal.sequence
        UNION ALL
        SELECT 'snapshot-sequence', format('stream_snapshot: stream %s', stream), 'an event ' || sequence, 'none'
        FROM stream_snapshot WHERE NOT EXISTS (SELECT FROM account_event
          WHERE account_event.stream = stream_snapshot.stream AND account_event.sequence = stream_snapshot.sequence)
      ) AS gaps ORDER BY rule, row_name LIMIT :most""";

  private final JdbcClient jdbc;

  public StoreIntegrity(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Gap(Fault fault, long total) {}

  /** At most {@link IntegrityView#FAULTS_MAX} gaps, with the number of rows checked by rule. */
  public IntegrityView check() {
    long events = count("account_event");
    List<Gap> gaps = jdbc.sql(GAPS).param("most", IntegrityView.FAULTS_MAX)
        .query((row, _) -> new Gap(new Fault(row.getString("rule"), row.getString("row_name"),
            row.getString("expected"), row.getString("found")), row.getLong("total"))).list();
    long keyEvents = count("api_key_event");
    List<Fault> unread = unreadKeyEvents();
    return new IntegrityView(new TreeMap<>(Map.of("partition-sequence", events, "public-sequence", events,
        "stream-sequence", events, "snapshot-sequence", count("stream_snapshot"), "key-sequence", keyEvents,
        "reversed-request", count("reversed_request"),
        "key-form", keyEvents)),
        (gaps.isEmpty() ? 0 : gaps.getFirst().total()) + unread.size(),
        Stream.concat(unread.stream(), gaps.stream().map(Gap::fault)).limit(IntegrityView.FAULTS_MAX).toList());
  }

  /** People make few of them, so that all can be read. */
  private List<Fault> unreadKeyEvents() {
    return jdbc.sql("SELECT seq, stream, name, payload FROM api_key_event ORDER BY seq").query((row, _) -> isKeyEvent(
        row.getString("stream"), row.getString("name"), row.getBytes("payload")) ? Optional.<Fault>empty()
            : Optional.of(new Fault("key-form", "api_key_event: seq " + row.getLong("seq"),
                row.getString("name") + " of " + row.getString("stream"), "another form"))).list().stream()
        .flatMap(Optional::stream).toList();
  }

  private static boolean isKeyEvent(String stream, String name, byte[] payload) {
    try {
      // JSON null is read as no event.
      Optional<ApiKeyEvent> event = Optional.ofNullable(TopicJson.MAPPER.readValue(payload, ApiKeyEvent.class));
      return event.filter(each -> ApiKeyAggregate.streamOf(each.id()).equals(stream)).isPresent()
          && TopicJson.MAPPER.readTree(payload).path("type").asString("").equals(name);
    } catch (JacksonException e) {
      return false;
    }
  }

  private long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}
