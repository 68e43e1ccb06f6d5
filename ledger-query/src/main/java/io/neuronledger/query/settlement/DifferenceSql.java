package io.neuronledger.query.settlement;

/** The statement behind the list of differences. */
final class DifferenceSql {
  /**
   * {0} the answer's block, {1} the instant from which on usage may wait, {2} providers with one of their own and {3} that;
   * filters: {4} owner, {5} provider, {6} service, {7} resolved; {8} to {12} where the page before ended, {13} how many.
   *
   * <p>What waits: everything reported up to the provider's instant, less what was settled or written off. Only the
   * requests behind the reach of the last settlement are counted.
   */
  static final String PAGE = """
      WITH own AS (SELECT * FROM unnest({2}::bytea[], {3}::timestamptz[]) AS own (provider, waits_from)),
      waiting AS (
        SELECT meter.owner, meter.provider, meter.service, last.claimed, last.reach_reported, last.reach_at,
          last.reach_request, coalesce(own.waits_from, {1}::timestamptz) AS waits_from
        FROM usage_meter AS meter
        LEFT JOIN own ON own.provider = meter.provider
        LEFT JOIN LATERAL (
          SELECT reach_settled + reach_written_off AS claimed, reach_reported, reach_at, reach_request
          FROM settlement AS known
          WHERE known.owner = meter.owner AND known.provider = meter.provider AND known.service = meter.service
            AND NOT known.retracted AND known.state IS NOT NULL AND known.block <= {0}
          ORDER BY known.block DESC, known.transaction_index DESC, known.step DESC LIMIT 1) AS last ON TRUE
        WHERE meter.used > coalesce(last.claimed, 0)
          AND ({4}::bytea IS NULL OR meter.owner = {4}) AND ({5}::bytea IS NULL OR meter.provider = {5})
          AND ({6}::text IS NULL OR meter.service = {6})),
      standing AS (
        SELECT owner, provider, service, 'settlement-boundary' AS kind,
          concat_ws('-', block, transaction_index, step, branch) AS settlement, inside::numeric AS amount,
          block_time AS since
        FROM settlement
        WHERE (state <> 'matched' OR inside > 0) AND NOT retracted AND inside > 0 AND block <= {0}
        UNION ALL
        SELECT owner, provider, service, 'settlement-unreported',
          concat_ws('-', block, transaction_index, step, branch), unreported::numeric, block_time
        FROM settlement
        WHERE (state <> 'matched' OR inside > 0) AND NOT retracted AND unreported > 0 AND block <= {0}
        UNION ALL
        SELECT waiting.owner, waiting.provider, waiting.service, 'usage-overdue', '',
          coalesce(waiting.reach_reported, 0) + late.fees - coalesce(waiting.claimed, 0), late.since
        FROM waiting CROSS JOIN LATERAL (
          SELECT sum(usage.fee::numeric) AS fees, min(usage.completed_at) AS since
          FROM usage_request AS usage
          WHERE usage.owner = waiting.owner AND usage.provider = waiting.provider AND usage.service = waiting.service
            AND usage.source = 'direct' AND usage.completed_at < waiting.waits_from
            AND (usage.completed_at, usage.request_id)
              > (coalesce(waiting.reach_at, '-infinity'), coalesce(waiting.reach_request, ''))) AS late
        WHERE coalesce(waiting.reach_reported, 0) + late.fees > coalesce(waiting.claimed, 0))
      SELECT standing.*, decided.reason, decided.resolved_by, decided.resolved_at
      FROM standing
      LEFT JOIN LATERAL (
        SELECT amount, reason, resolved_by, resolved_at FROM difference_resolution AS decision
        WHERE decision.owner = standing.owner AND decision.provider = standing.provider
          AND decision.service = standing.service AND decision.kind = standing.kind
          AND decision.settlement = standing.settlement
        ORDER BY decision.seq DESC LIMIT 1) AS decided ON decided.amount = standing.amount
      WHERE ({4}::bytea IS NULL OR standing.owner = {4}) AND ({5}::bytea IS NULL OR standing.provider = {5})
        AND ({6}::text IS NULL OR standing.service = {6})
        AND ({7}::boolean IS NULL OR {7} = (decided.reason IS NOT NULL))
        AND ({8}::bytea IS NULL OR (standing.owner::bytea, standing.provider::bytea, standing.service, standing.kind,
          standing.settlement) > ({8}, {9}, {10}, {11}, {12}))
      ORDER BY owner, provider, service, kind, settlement
      LIMIT {13}""";

  private DifferenceSql() {}
}
