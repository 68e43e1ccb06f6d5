package io.neuronledger.query.discrepancy;

import io.neuronledger.query.partition.QuarantineSql;

/** The statement behind the list of discrepancies. */
final class DiscrepancySql {
  /**
   * {0} the answer's block, {1} the instant from which on usage may wait, {2} providers with one of their own and {3}
   * that; filters: {4} owner, {5} provider, {6} service, {7} kind, {8} state; {9} to {13} where the page before
   * ended, {14} how many.
   *
   * <p>What waits: everything reported up to the provider's instant, less what was settled or written off. Only the
   * requests behind the reach of the last settlement are counted. A broken rule is one discrepancy however many
   * branches showed it: it is retracted when none of them stands.
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
          concat_ws('-', block, transaction_index, step, branch) AS name, inside::numeric AS amount,
          block_time AS since, NULL::text AS rule, NULL::text AS expected, NULL::text AS actual, NULL::bigint AS block,
          FALSE AS retracted
        FROM settlement
        WHERE (state <> 'matched' OR inside > 0) AND NOT retracted AND inside > 0 AND block <= {0}
        UNION ALL
        SELECT owner, provider, service, 'settlement-unreported',
          concat_ws('-', block, transaction_index, step, branch), unreported::numeric, block_time, NULL, NULL, NULL,
          NULL, FALSE
        FROM settlement
        WHERE (state <> 'matched' OR inside > 0) AND NOT retracted AND unreported > 0 AND block <= {0}
        UNION ALL
        SELECT waiting.owner, waiting.provider, waiting.service, 'usage-overdue', '',
          coalesce(waiting.reach_reported, 0) + late.fees - coalesce(waiting.claimed, 0), late.since, NULL, NULL, NULL,
          NULL, FALSE
        FROM waiting CROSS JOIN LATERAL (
          SELECT sum(usage.fee::numeric) AS fees, min(usage.completed_at) AS since
          FROM usage_request AS usage
          WHERE usage.owner = waiting.owner AND usage.provider = waiting.provider AND usage.service = waiting.service
            AND usage.source = 'direct' AND usage.completed_at < waiting.waits_from
            AND (usage.completed_at, usage.request_id)
              > (coalesce(waiting.reach_at, '-infinity'), coalesce(waiting.reach_request, ''))) AS late
        WHERE coalesce(waiting.reach_reported, 0) + late.fees > coalesce(waiting.claimed, 0)
        UNION ALL
        (SELECT DISTINCT ON (broken.owner, broken.key) broken.owner, broken.provider, broken.service, 'rule-broken',
          broken.key, NULL::numeric, broken.block_time, broken.rule, broken.expected, broken.actual, broken.block,
          broken.retracted
        FROM discrepancy AS broken JOIN partition USING (partition)
        WHERE broken.seq < %s AND (broken.retracted OR broken.block <= {0})
        ORDER BY broken.owner, broken.key, broken.retracted, broken.seq DESC)),
      decided AS (
        SELECT standing.*, coalesce(standing.provider::bytea, '') AS by_provider,
          coalesce(standing.service, '') AS by_service, decision.reason, decision.resolved_by, decision.resolved_at,
          CASE WHEN standing.retracted THEN 'retracted' WHEN decision.reason IS NULL THEN 'open' ELSE 'resolved' END
            AS state
        FROM standing
        LEFT JOIN LATERAL (
          (SELECT reason, resolved_by, resolved_at, amount = standing.amount AS fits
          FROM difference_resolution AS said
          WHERE said.owner = standing.owner AND said.provider = standing.provider AND said.service = standing.service
            AND said.kind = standing.kind AND said.settlement = standing.name
          ORDER BY said.seq DESC LIMIT 1)
          UNION ALL
          (SELECT reason, resolved_by, resolved_at, TRUE
          FROM discrepancy_resolution AS said
          WHERE standing.kind = 'rule-broken' AND said.owner = standing.owner AND said.key = standing.name
          ORDER BY said.seq DESC LIMIT 1)) AS decision ON decision.fits)
      SELECT * FROM decided
      WHERE ({4}::bytea IS NULL OR owner = {4}) AND ({5}::bytea IS NULL OR provider = {5})
        AND ({6}::text IS NULL OR service = {6}) AND ({7}::text IS NULL OR kind = {7})
        AND ({8}::text IS NULL OR state = {8})
        AND ({9}::bytea IS NULL OR (owner::bytea, by_provider, by_service, kind, name) > ({9}, {10}, {11}, {12}, {13}))
      ORDER BY owner, by_provider, by_service, kind, name
      LIMIT {14}""".formatted(QuarantineSql.sealedSeq("broken.owner"));

  private DiscrepancySql() {}
}
