package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.query.asof.Visibility;

/** The statement of the discrepancy list. */
final class DiscrepancySql {
  /**
   * {0} the answer's block, {1} the default cutoff: usage completed before it is overdue, {2} providers with a cutoff
   * of their own and {3} those cutoffs; filters: {4} owner, {5} providers, {6} services, {7} kinds, {8} states; {9} to
   * {13} the end of the previous page, {14} the maximum number of rows.
   *
   * <p>Overdue usage: all fees reported for requests before the cutoff, less the total settled or written off. Only the
   * requests after the last settlement's cursor are summed. A broken rule is one discrepancy even if several branches
   * showed it; it is retracted once all of them are. A report that differs is of a period that is closed by it; it has
   * no owner, and comes first.
   */
  static final String PAGE = """
      WITH cutoffs AS (SELECT * FROM unnest({2}::bytea[], {3}::timestamptz[]) AS cutoffs (provider, cutoff)),
      unsettled AS (
        SELECT meter.owner, meter.provider, meter.service, last.claimed, last.reach_reported, last.reach_at,
          last.reach_request, coalesce(cutoffs.cutoff, {1}::timestamptz) AS cutoff
        FROM usage_meter AS meter
        LEFT JOIN cutoffs ON cutoffs.provider = meter.provider
        LEFT JOIN LATERAL (
          SELECT reach_settled + reach_written_off AS claimed, reach_reported, reach_at, reach_request
          FROM settlement AS known
          WHERE known.owner = meter.owner AND known.provider = meter.provider AND known.service = meter.service
            AND NOT known.retracted AND known.state IS NOT NULL AND known.block <= {0}
          ORDER BY known.block DESC, known.transaction_index DESC, known.step DESC LIMIT 1) AS last ON TRUE
        WHERE meter.used > coalesce(last.claimed, 0)
          AND ({4}::bytea IS NULL OR meter.owner = {4})
          AND (cardinality({5}::bytea[]) = 0 OR meter.provider = ANY ({5}))
          AND (cardinality({6}::text[]) = 0 OR meter.service = ANY ({6}))),
      discrepancies AS (
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
        SELECT unsettled.owner, unsettled.provider, unsettled.service, 'usage-overdue', '',
          coalesce(unsettled.reach_reported, 0) + overdue.fees - coalesce(unsettled.claimed, 0), overdue.since,
          NULL, NULL, NULL, NULL, FALSE
        FROM unsettled CROSS JOIN LATERAL (
          SELECT sum(usage.fee::numeric) AS fees, min(usage.completed_at) AS since
          FROM usage_request AS usage
          WHERE usage.owner = unsettled.owner AND usage.provider = unsettled.provider
            AND usage.service = unsettled.service AND usage.source = 'direct' AND usage.reversed_seq IS NULL
            AND usage.set_apart IS NULL AND usage.completed_at < unsettled.cutoff
            AND (usage.completed_at, usage.request_id)
              > (coalesce(unsettled.reach_at, '-infinity'), coalesce(unsettled.reach_request, ''))) AS overdue
        WHERE coalesce(unsettled.reach_reported, 0) + overdue.fees > coalesce(unsettled.claimed, 0)
        UNION ALL
        (SELECT DISTINCT ON (broken.owner, broken.key) broken.owner, broken.provider, broken.service, 'rule-broken',
          broken.key, NULL::numeric, broken.block_time, broken.rule, broken.expected, broken.actual, broken.block,
          broken.retracted
        FROM discrepancy AS broken JOIN partition USING (partition)
        WHERE %s
        ORDER BY broken.owner, broken.key, broken.retracted, broken.seq DESC)
        UNION ALL
        SELECT NULL, NULL, NULL, 'period-report-differs',
          concat_ws(':', 'period-report-differs', difference.period, difference.closed_by), NULL, difference.found_at,
          NULL, difference.closed_by, difference.made, NULL, FALSE
        FROM period_report_difference AS difference
        WHERE difference.closed_by = (
          SELECT event #>> '{report,hash}' FROM period_decision
          WHERE event ->> 'period' = difference.period AND event ->> 'type' IN ('%s', '%s')
          ORDER BY seq DESC LIMIT 1)),
      decided AS (
        SELECT discrepancies.*, coalesce(discrepancies.owner::bytea, '') AS by_owner,
          coalesce(discrepancies.provider::bytea, '') AS by_provider,
          coalesce(discrepancies.service, '') AS by_service, decision.reason, decision.resolved_by,
          decision.resolved_at, proposal.proposed_reason, proposal.proposed_by, proposal.proposed_at,
          proposal.proposed_number,
          CASE WHEN discrepancies.retracted THEN 'retracted' WHEN decision.reason IS NULL THEN 'open'
            ELSE 'resolved' END AS state
        FROM discrepancies
        LEFT JOIN LATERAL (
          (SELECT reason, resolved_by, resolved_at, amount = discrepancies.amount AS fits
          FROM difference_resolution AS resolution
          WHERE resolution.owner = discrepancies.owner AND resolution.provider = discrepancies.provider
            AND resolution.service = discrepancies.service AND resolution.kind = discrepancies.kind
            AND resolution.settlement = discrepancies.name AND resolution.decision <> 'proposed'
          ORDER BY resolution.seq DESC LIMIT 1)
          UNION ALL
          (SELECT reason, resolved_by, resolved_at, decision = 'resolved'
          FROM discrepancy_resolution AS resolution
          WHERE discrepancies.kind = 'rule-broken' AND resolution.owner = discrepancies.owner
            AND resolution.key = discrepancies.name
          ORDER BY resolution.seq DESC LIMIT 1)) AS decision ON decision.fits
        LEFT JOIN LATERAL (
          SELECT reason AS proposed_reason, resolved_by AS proposed_by, resolved_at AS proposed_at,
            decision = 'proposed' AND amount = discrepancies.amount AS waits,
            row_number() OVER (ORDER BY resolution.seq) AS proposed_number
          FROM difference_resolution AS resolution
          WHERE resolution.owner = discrepancies.owner AND resolution.provider = discrepancies.provider
            AND resolution.service = discrepancies.service AND resolution.kind = discrepancies.kind
            AND resolution.settlement = discrepancies.name
          ORDER BY resolution.seq DESC LIMIT 1) AS proposal ON proposal.waits)
      SELECT * FROM decided
      WHERE ({4}::bytea IS NULL OR owner = {4}) AND (cardinality({5}::bytea[]) = 0 OR provider = ANY ({5}))
        AND (cardinality({6}::text[]) = 0 OR service = ANY ({6})) AND (cardinality({7}::text[]) = 0 OR kind = ANY ({7}))
        AND (cardinality({8}::text[]) = 0 OR state = ANY ({8}))
        AND ({9}::bytea IS NULL OR (by_owner, by_provider, by_service, kind, name) > ({9}, {10}, {11}, {12}, {13}))
      ORDER BY by_owner, by_provider, by_service, kind, name
      LIMIT {14}""".formatted(Visibility.seesRecord("broken", "{0}"), EventNames.PERIOD_CLOSED,
      EventNames.PERIOD_REOPENED);

  private DiscrepancySql() {}
}
