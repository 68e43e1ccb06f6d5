package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.KNOWN_SERVICE;
import static io.neuronledger.query.db.Tables.USAGE_PARTITION;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.projection.UsageEventRecord;
import io.neuronledger.query.usage.counted.CountedSums;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.DSLContext;

/**
 * Projects reported requests and their reversals, and the sums over those that count, per hour and per meter. A
 * reversal comes after its request, so the requests of a batch are written before its reversals.
 */
public final class UsageProjection implements Projection {
  /** The sums count only the rows inserted by this statement. */
  private static final String RECORD = """
      WITH inserted AS (
        INSERT INTO usage_request ($columns, set_apart)
        SELECT request.*, %s
        FROM $rows AS request ($columns)
        %s
        ON CONFLICT ON CONSTRAINT usage_request_pk DO NOTHING
        RETURNING *),
      changed AS (
        SELECT *, (set_apart IS NULL)::int AS sign FROM inserted),
      """.formatted(CountedSums.SET_APART, CountedSums.KNOWN) + CountedSums.ADD;
  /** The sums lose only the rows reversed by this statement. */
  private static final String REVERSE = """
      WITH reversed AS (
        UPDATE usage_request SET reversed_seq = added.reversed_seq, reversed_at = added.reversed_at,
          reversed_by = added.reversed_by, reversal_reason = added.reversal_reason, replaced_by = added.replaced_by,
          set_apart = NULL
        FROM $rows AS added ($columns)
        WHERE usage_request.owner = added.owner AND usage_request.completed_at = added.completed_at
          AND usage_request.provider = added.provider AND usage_request.request_id = added.request_id
          AND usage_request.reversed_seq IS NULL
        RETURNING usage_request.*, old.set_apart AS before),
      changed AS (
        SELECT *, -(before IS NULL)::int AS sign FROM reversed),
      """ + CountedSums.ADD;
  /** An hour whose requests are all reversed is in no answer. */
  private static final String DROP_EMPTY = """
      DELETE FROM usage_hour USING $rows AS reversed ($columns)
      WHERE usage_hour.owner = reversed.owner AND usage_hour.hour = date_trunc('hour', reversed.completed_at, 'UTC')
        AND usage_hour.provider = reversed.provider AND usage_hour.requests = 0""";
  /** Parked records are processed after newer ones; they must not lower the values. */
  private static final String ASSIGN_PARTITIONS = """
      INSERT INTO usage_partition ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT usage_partition_pk DO UPDATE SET seq = excluded.seq, recorded_at = excluded.recorded_at
      WHERE usage_partition.seq < excluded.seq""";

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows requests = UnnestRows.of(USAGE_REQUEST.OWNER, USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER,
        USAGE_REQUEST.REQUEST_ID, USAGE_REQUEST.SERVICE, USAGE_REQUEST.SOURCE, USAGE_REQUEST.MODEL,
        USAGE_REQUEST.API_KEY_ID, USAGE_REQUEST.UNIT, USAGE_REQUEST.INPUT_TOKENS, USAGE_REQUEST.CACHED_INPUT_TOKENS,
        USAGE_REQUEST.CACHE_WRITE_TOKENS, USAGE_REQUEST.OUTPUT_TOKENS, USAGE_REQUEST.IMAGES, USAGE_REQUEST.SECONDS,
        USAGE_REQUEST.CLIPS, USAGE_REQUEST.PRICE, USAGE_REQUEST.CACHED_INPUT_PRICE, USAGE_REQUEST.OUTPUT_PRICE,
        USAGE_REQUEST.UNIT_LINES, USAGE_REQUEST.UNVERIFIED_FEE, USAGE_REQUEST.FEE, USAGE_REQUEST.PARTITION,
        USAGE_REQUEST.LINE, USAGE_REQUEST.SEQ, USAGE_REQUEST.RECORDED_AT, USAGE_REQUEST.REPLACES);
    UnnestRows reversals = UnnestRows.of(USAGE_REQUEST.OWNER, USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER,
        USAGE_REQUEST.REQUEST_ID, USAGE_REQUEST.REVERSED_SEQ, USAGE_REQUEST.REVERSED_AT, USAGE_REQUEST.REVERSED_BY,
        USAGE_REQUEST.REVERSAL_REASON, USAGE_REQUEST.REPLACED_BY);
    UnnestRows reversedServices = UnnestRows.of(KNOWN_SERVICE.PARTITION, KNOWN_SERVICE.SERVICE);
    Map<Integer, UsageEventRecord> partitions = new LinkedHashMap<>();
    for (UsageEventRecord usageEvent : batch.usageEvents()) {
      switch (usageEvent.event()) {
        case UsageEvent.UsageRecorded usage ->
            IntStream.range(0, usage.lines().size()).forEach(line -> add(requests, usageEvent, usage, line));
        case UsageEvent.UsageReversed reversed -> {
          reversals.add(reversed.owner(), reversed.line().when(), reversed.provider(),
              reversed.line().requestId().value(), usageEvent.seq(), reversed.at(), reversed.by(), reversed.reason(),
              reversed.replacedBy().map(RequestId::value));
          reversedServices.add(usageEvent.partition(), reversed.service());
        }
        case UsageEvent.DifferenceDecision _ -> { }
      }
      if (usageEvent.event() instanceof UsageEvent.Metered) {
        partitions.put(usageEvent.partition(), usageEvent);
      }
    }
    return requests.write(db, RECORD) + reversals.write(db, REVERSE) + reversals.write(db, DROP_EMPTY)
        + reversedServices.write(db, CountedSums.DROP_EMPTY_DAYS) + writePartitions(partitions, db);
  }

  private static void add(UnnestRows rows, UsageEventRecord usageEvent, UsageEvent.UsageRecorded usage,
      int number) {
    UsageLine line = usage.lines().get(number);
    Amounts amounts = Amounts.of(line.units());
    rows.add(usage.owner(), line.when(), usage.provider(), line.requestId().value(), usage.service(),
        line.source().word(), line.model().value(), line.apiKeyId().map(Object::toString), line.units().kind(),
        amounts.input(), amounts.cachedInput(), amounts.cacheWrite(), amounts.output(), amounts.images(),
        amounts.seconds(), amounts.clips(), amounts.price(), amounts.cachedInputPrice(), amounts.outputPrice(),
        amounts.lines(), unverified(line), line.fee(), usageEvent.partition(), number,
        usageEvent.seq(), usageEvent.record().recordedAt(), line.replaces().map(RequestId::value));
  }

  private static Neuron unverified(UsageLine line) {
    return switch (line.units().pricing()) {
      case VERIFIED -> Neuron.ZERO;
      case UNVERIFIED -> line.fee();
    };
  }

  private static int writePartitions(Map<Integer, UsageEventRecord> partitions, DSLContext db) {
    UnnestRows rows = UnnestRows.of(USAGE_PARTITION.PARTITION, USAGE_PARTITION.SEQ, USAGE_PARTITION.RECORDED_AT);
    partitions.forEach((partition, last) -> rows.add(partition, last.seq(), last.record().recordedAt()));
    return rows.write(db, ASSIGN_PARTITIONS);
  }
}
