package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_PARTITION;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Projects reported requests and their reversals, their sums per hour, and the running totals of the last event. A
 * reversal comes after its request, so the requests of a batch are written before its reversals.
 */
public final class UsageProjection implements Projection {
  /** The sums count only the rows inserted by this statement. */
  private static final String RECORD = """
      WITH inserted AS (
        INSERT INTO usage_request ($columns) SELECT * FROM $rows
        ON CONFLICT ON CONSTRAINT usage_request_pk DO NOTHING
        RETURNING *)
      INSERT INTO usage_hour (owner, hour, provider, service, model, source, api_key_id, requests, input_tokens,
        cached_input_tokens, output_tokens, images, seconds, fees)
      SELECT owner, date_trunc('hour', completed_at, 'UTC'), provider, service, model, source,
        coalesce(api_key_id, ''), count(*), sum(input_tokens), sum(cached_input_tokens), sum(output_tokens),
        sum(images), sum(seconds), sum(fee)
      FROM inserted GROUP BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT ON CONSTRAINT usage_hour_pk DO UPDATE SET
        requests = usage_hour.requests + excluded.requests,
        input_tokens = usage_hour.input_tokens + excluded.input_tokens,
        cached_input_tokens = usage_hour.cached_input_tokens + excluded.cached_input_tokens,
        output_tokens = usage_hour.output_tokens + excluded.output_tokens,
        images = usage_hour.images + excluded.images,
        seconds = usage_hour.seconds + excluded.seconds,
        fees = usage_hour.fees + excluded.fees""";
  /** The sums lose only the rows taken back by this statement. */
  private static final String REVERSE = """
      WITH reversed AS (
        UPDATE usage_request SET reversed_seq = added.reversed_seq, reversed_at = added.reversed_at,
          reversed_by = added.reversed_by, reversal_reason = added.reversal_reason, replaced_by = added.replaced_by
        FROM $rows AS added ($columns)
        WHERE usage_request.owner = added.owner AND usage_request.completed_at = added.completed_at
          AND usage_request.provider = added.provider AND usage_request.request_id = added.request_id
          AND usage_request.reversed_seq IS NULL
        RETURNING usage_request.*),
      summed AS (
        SELECT owner, date_trunc('hour', completed_at, 'UTC') AS hour, provider, service, model, source,
          coalesce(api_key_id, '') AS api_key_id, count(*) AS requests, sum(input_tokens) AS input_tokens,
          sum(cached_input_tokens) AS cached_input_tokens, sum(output_tokens) AS output_tokens, sum(images) AS images,
          sum(seconds) AS seconds, sum(fee) AS fees
        FROM reversed GROUP BY 1, 2, 3, 4, 5, 6, 7)
      UPDATE usage_hour SET
        requests = usage_hour.requests - summed.requests,
        input_tokens = usage_hour.input_tokens - summed.input_tokens,
        cached_input_tokens = usage_hour.cached_input_tokens - summed.cached_input_tokens,
        output_tokens = usage_hour.output_tokens - summed.output_tokens,
        images = usage_hour.images - summed.images,
        seconds = usage_hour.seconds - summed.seconds,
        fees = usage_hour.fees - summed.fees
      FROM summed
      WHERE (usage_hour.owner, usage_hour.hour, usage_hour.provider, usage_hour.service, usage_hour.model,
          usage_hour.source, usage_hour.api_key_id)
        = (summed.owner, summed.hour, summed.provider, summed.service, summed.model, summed.source,
          summed.api_key_id)""";
  /** An hour whose requests are all taken back is in no answer. */
  private static final String DROP_EMPTY = """
      DELETE FROM usage_hour USING $rows AS reversed ($columns)
      WHERE usage_hour.owner = reversed.owner AND usage_hour.hour = date_trunc('hour', reversed.completed_at, 'UTC')
        AND usage_hour.provider = reversed.provider AND usage_hour.requests = 0""";
  private static final String ASSIGN_TOTALS = """
      INSERT INTO usage_meter ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT usage_meter_pk DO UPDATE SET requests = excluded.requests, used = excluded.used,
        router_requests = excluded.router_requests, router_used = excluded.router_used""";
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
        USAGE_REQUEST.OUTPUT_TOKENS, USAGE_REQUEST.IMAGES, USAGE_REQUEST.SECONDS, USAGE_REQUEST.PRICE,
        USAGE_REQUEST.CACHED_INPUT_PRICE, USAGE_REQUEST.OUTPUT_PRICE, USAGE_REQUEST.FEE, USAGE_REQUEST.PARTITION,
        USAGE_REQUEST.SEQ, USAGE_REQUEST.RECORDED_AT, USAGE_REQUEST.REPLACES);
    UnnestRows reversals = UnnestRows.of(USAGE_REQUEST.OWNER, USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER,
        USAGE_REQUEST.REQUEST_ID, USAGE_REQUEST.REVERSED_SEQ, USAGE_REQUEST.REVERSED_AT, USAGE_REQUEST.REVERSED_BY,
        USAGE_REQUEST.REVERSAL_REASON, USAGE_REQUEST.REPLACED_BY);
    Map<SubAccountId, MeterUpdate> meters = new LinkedHashMap<>();
    Map<Integer, UsageEventRecord> partitions = new LinkedHashMap<>();
    for (UsageEventRecord usageEvent : batch.usageEvents()) {
      switch (usageEvent.event()) {
        case UsageEvent.UsageRecorded usage ->
            usage.lines().forEach(line -> add(requests, usageEvent, usage, line));
        case UsageEvent.UsageReversed reversed -> reversals.add(reversed.owner(), reversed.line().when(),
            reversed.provider(), reversed.line().requestId().value(), usageEvent.seq(), reversed.at(), reversed.by(),
            reversed.reason(), reversed.replacedBy().map(RequestId::value));
        case UsageEvent.DifferenceDecision _ -> { }
      }
      if (usageEvent.event() instanceof UsageEvent.Metered metered) {
        meters.put(metered.subAccount(), new MeterUpdate(usageEvent.partition(), metered));
        partitions.put(usageEvent.partition(), usageEvent);
      }
    }
    return requests.write(db, RECORD) + reversals.write(db, REVERSE) + reversals.write(db, DROP_EMPTY)
        + writeTotals(meters, db) + writePartitions(partitions, db);
  }

  private record MeterUpdate(int partition, UsageEvent.Metered last) {}

  private static void add(UnnestRows rows, UsageEventRecord usageEvent, UsageEvent.UsageRecorded usage,
      UsageLine line) {
    Amounts amounts = Amounts.of(line.units());
    rows.add(usage.owner(), line.when(), usage.provider(), line.requestId().value(), usage.service(),
        line.source().word(), line.model().value(), line.apiKeyId().map(Object::toString), line.units().kind(),
        amounts.input(), amounts.cachedInput(), amounts.output(), amounts.images(), amounts.seconds(), amounts.price(),
        amounts.cachedInputPrice(), amounts.outputPrice(), line.fee(), usageEvent.partition(), usageEvent.seq(),
        usageEvent.record().recordedAt(), line.replaces().map(RequestId::value));
  }

  private static int writeTotals(Map<SubAccountId, MeterUpdate> meters, DSLContext db) {
    UnnestRows rows = UnnestRows.of(USAGE_METER.OWNER, USAGE_METER.PROVIDER, USAGE_METER.SERVICE, USAGE_METER.PARTITION,
        USAGE_METER.REQUESTS, USAGE_METER.USED, USAGE_METER.ROUTER_REQUESTS, USAGE_METER.ROUTER_USED);
    meters.forEach((meter, update) -> rows.add(meter.owner(), meter.provider(), meter.service(), update.partition(),
        update.last().direct().requests(), update.last().direct().fees(), update.last().router().requests(),
        update.last().router().fees()));
    return rows.write(db, ASSIGN_TOTALS);
  }

  private static int writePartitions(Map<Integer, UsageEventRecord> partitions, DSLContext db) {
    UnnestRows rows = UnnestRows.of(USAGE_PARTITION.PARTITION, USAGE_PARTITION.SEQ, USAGE_PARTITION.RECORDED_AT);
    partitions.forEach((partition, last) -> rows.add(partition, last.seq(), last.record().recordedAt()));
    return rows.write(db, ASSIGN_PARTITIONS);
  }
}
