package io.neuronledger.query.usage.counted;

/** The parts of statements by which the sums over requests follow the requests that count. */
public final class CountedSums {
  /** Beside a row of {@code request}: why it is set apart, NULL if it is not. It needs {@link #KNOWN}. */
  public static final String SET_APART = """
      CASE WHEN known.service IS NULL THEN 'service-unknown'
        WHEN request.completed_at < known.since THEN 'before-service' END""";
  /** The service of a row of {@code request}. */
  public static final String KNOWN = """
      LEFT JOIN known_service AS known
        ON known.partition = request.partition AND known.service = request.service""";
  /**
   * As {@link #KNOWN}, at positions, {4} by partition: by the records before them, without what forks had taken back by
   * then.
   */
  public static final String KNOWN_THEN = """
      LEFT JOIN (
        SELECT DISTINCT ON (naming.partition, naming.service) naming.partition, naming.service, naming.since
        FROM service_naming AS naming
        WHERE naming.seq < ({4}::bigint[])[naming.partition + 1] AND NOT EXISTS (
          SELECT FROM partition_retraction AS retraction
          WHERE retraction.partition = naming.partition AND retraction.from_block <= naming.block
            AND retraction.seq > naming.seq AND retraction.seq < ({4}::bigint[])[naming.partition + 1])
        ORDER BY naming.partition, naming.service, naming.block, naming.seq) AS known
        ON known.partition = request.partition AND known.service = request.service""";
  /**
   * The end of a statement with {@code changed}: rows of {@code usage_request}, each with the {@code sign} by which it
   * changes the sums, 1, 0 or −1. Every meter gets a row.
   */
  public static final String ADD = """
      metered AS (
        INSERT INTO usage_meter (owner, provider, service, partition, requests, used, unverified, router_requests,
          router_used, router_unverified)
        SELECT owner, provider, service, partition, coalesce(sum(sign) FILTER (WHERE source = 'direct'), 0),
          coalesce(sum(sign * fee) FILTER (WHERE source = 'direct'), 0),
          coalesce(sum(sign * unverified_fee) FILTER (WHERE source = 'direct'), 0),
          coalesce(sum(sign) FILTER (WHERE source = 'router'), 0),
          coalesce(sum(sign * fee) FILTER (WHERE source = 'router'), 0),
          coalesce(sum(sign * unverified_fee) FILTER (WHERE source = 'router'), 0)
        FROM changed GROUP BY 1, 2, 3, 4
        ON CONFLICT ON CONSTRAINT usage_meter_pk DO UPDATE SET
          requests = usage_meter.requests + excluded.requests, used = usage_meter.used + excluded.used,
          unverified = usage_meter.unverified + excluded.unverified,
          router_requests = usage_meter.router_requests + excluded.router_requests,
          router_used = usage_meter.router_used + excluded.router_used,
          router_unverified = usage_meter.router_unverified + excluded.router_unverified),
      days AS (
        INSERT INTO service_day (partition, service, day, requests, used, unverified)
        SELECT partition, service, (completed_at AT TIME ZONE 'UTC')::date, sum(sign), sum(sign * fee),
          sum(sign * unverified_fee)
        FROM changed WHERE sign <> 0 AND source = 'direct' GROUP BY 1, 2, 3
        ON CONFLICT ON CONSTRAINT service_day_pk DO UPDATE SET
          requests = service_day.requests + excluded.requests, used = service_day.used + excluded.used,
          unverified = service_day.unverified + excluded.unverified)
      INSERT INTO usage_hour (owner, hour, provider, service, model, source, api_key_id, requests, input_tokens,
        cached_input_tokens, cache_write_tokens, output_tokens, images, seconds, clips, fees, unverified_fees)
      SELECT owner, date_trunc('hour', completed_at, 'UTC'), provider, service, model, source,
        coalesce(api_key_id, ''), sum(sign), sum(sign * input_tokens), sum(sign * cached_input_tokens),
        sum(sign * cache_write_tokens), sum(sign * output_tokens), sum(sign * images), sum(sign * seconds),
        sum(sign * clips), sum(sign * fee), sum(sign * unverified_fee)
      FROM changed WHERE sign <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT ON CONSTRAINT usage_hour_pk DO UPDATE SET
        requests = usage_hour.requests + excluded.requests,
        input_tokens = usage_hour.input_tokens + excluded.input_tokens,
        cached_input_tokens = usage_hour.cached_input_tokens + excluded.cached_input_tokens,
        cache_write_tokens = usage_hour.cache_write_tokens + excluded.cache_write_tokens,
        output_tokens = usage_hour.output_tokens + excluded.output_tokens,
        images = usage_hour.images + excluded.images,
        seconds = usage_hour.seconds + excluded.seconds,
        clips = usage_hour.clips + excluded.clips,
        fees = usage_hour.fees + excluded.fees,
        unverified_fees = usage_hour.unverified_fees + excluded.unverified_fees""";
  /** Days of a service in a partition that are left without an event and a request. */
  public static final String DROP_EMPTY_DAYS = """
      DELETE FROM service_day USING $rows AS touched ($columns)
      WHERE service_day.partition = touched.partition AND service_day.service = touched.service
        AND service_day.requests = 0 AND service_day.events = 0""";

  private CountedSums() {}
}
