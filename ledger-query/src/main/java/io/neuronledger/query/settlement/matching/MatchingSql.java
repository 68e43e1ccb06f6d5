package io.neuronledger.query.settlement.matching;

import io.neuronledger.query.asof.Visibility;

/**
 * The statements of matching. Each reads along an index and runs at most once per batch, except for further usage
 * pieces.
 */
final class MatchingSql {
  /**
   * The last settlement unaffected by the changes: it comes before the first changed settlement, and at least one
   * request lies between its cursor and the first changed request. Without such a request, the changed request may be
   * the next one that it covers, so it is affected too. The search runs from the newest settlement down, because
   * most changes are at the end.
   */
  static final String STARTS = """
      SELECT input.nth, base.*
      FROM $rows AS input ($columns)
      LEFT JOIN LATERAL (
        SELECT completed_at, request_id FROM usage_request AS usage
        WHERE usage.owner = input.owner AND usage.provider = input.provider AND usage.service = input.service
          AND usage.source = 'direct' AND usage.reversed_seq IS NULL AND usage.set_apart IS NULL
          AND (usage.completed_at, usage.request_id) < (input.completed_at, input.request_id)
        ORDER BY usage.completed_at DESC, usage.request_id DESC LIMIT 1) AS before ON TRUE
      LEFT JOIN LATERAL (
        SELECT block, transaction_index, step, reach_settled, reach_written_off, reach_reported, reach_at, reach_request
        FROM settlement AS known
        WHERE known.owner = input.owner AND known.provider = input.provider AND known.service = input.service
          AND NOT known.retracted AND known.state IS NOT NULL
          AND (input.block IS NULL
            OR (known.block, known.transaction_index, known.step) < (input.block, input.transaction_index, input.step))
          AND (input.completed_at IS NULL
            OR (known.reach_at, known.reach_request) < (before.completed_at, before.request_id))
        ORDER BY known.block DESC, known.transaction_index DESC, known.step DESC LIMIT 1) AS base ON TRUE""";

  static final String CLAIMS = """
      SELECT input.nth, known.partition, known.seq, known.block, known.transaction_index, known.step, known.branch,
        known.amount, known.written_off
      FROM $rows AS input ($columns)
      JOIN settlement AS known ON known.owner = input.owner AND known.provider = input.provider
        AND known.service = input.service AND NOT known.retracted
        AND (known.block, known.transaction_index, known.step) > (input.block, input.transaction_index, input.step)
      JOIN partition ON partition.partition = known.partition
      WHERE %s
      ORDER BY input.nth, known.block, known.transaction_index, known.step"""
      .formatted(Visibility.seals("known"));

  static final String USAGE = """
      SELECT input.nth, piece.*
      FROM $rows AS input ($columns)
      CROSS JOIN LATERAL (
        SELECT completed_at, request_id, fee FROM usage_request AS usage
        WHERE usage.owner = input.owner AND usage.provider = input.provider AND usage.service = input.service
          AND usage.source = 'direct' AND usage.reversed_seq IS NULL AND usage.set_apart IS NULL
          AND (usage.completed_at, usage.request_id)
            > (coalesce(input.reach_at, '-infinity'), coalesce(input.reach_request, ''))
        ORDER BY usage.completed_at, usage.request_id LIMIT\s""" + UsageCursor.PIECE + """
      ) AS piece
      ORDER BY input.nth, piece.completed_at, piece.request_id""";

  static final String ASSIGN = """
      UPDATE settlement SET state = input.state, requests = input.requests, fee_sum = input.fee_sum,
        difference = input.difference, inside = input.inside, unreported = input.unreported, first_at = input.first_at,
        first_request = input.first_request, reach_at = input.reach_at, reach_request = input.reach_request,
        reach_settled = input.reach_settled, reach_written_off = input.reach_written_off,
        reach_reported = input.reach_reported
      FROM $rows AS input ($columns)
      WHERE settlement.partition = input.partition AND settlement.seq = input.seq
        AND (settlement.state, settlement.requests, settlement.fee_sum, settlement.inside, settlement.unreported,
          settlement.first_at, settlement.first_request, settlement.reach_at, settlement.reach_request,
          settlement.reach_settled, settlement.reach_written_off, settlement.reach_reported)
        IS DISTINCT FROM (input.state, input.requests, input.fee_sum, input.inside, input.unreported,
          input.first_at, input.first_request, input.reach_at, input.reach_request,
          input.reach_settled, input.reach_written_off, input.reach_reported)""";

  static final String ASSIGN_TOTALS = """
      INSERT INTO usage_meter ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT usage_meter_pk DO UPDATE SET settled = excluded.settled,
        written_off = excluded.written_off""";

  private MatchingSql() {}
}
