package io.neuronledger.query.settlement;

import io.neuronledger.query.partition.QuarantineSql;

/** The statements of matching. Each reads along an index, and none is asked more often than once per batch. */
final class MatchingSql {
  /**
   * The last settlement that the news do not touch: it stands before the first touched settlement, and there is a
   * request between what it reaches and the first touched one. Looked for from the newest on, because news are mostly
   * about the end. No such request: the news may be the very next one that it would reach, so it is touched too.
   */
  static final String STARTS = """
      SELECT told.nth, base.*
      FROM $rows AS told (nth, partition, owner, provider, service, block, transaction_index, step, completed_at, request_id)
      LEFT JOIN LATERAL (
        SELECT completed_at, request_id FROM usage_request AS usage
        WHERE usage.owner = told.owner AND usage.provider = told.provider AND usage.service = told.service
          AND usage.source = 'direct'
          AND (usage.completed_at, usage.request_id) < (told.completed_at, told.request_id)
        ORDER BY usage.completed_at DESC, usage.request_id DESC LIMIT 1) AS before ON TRUE
      LEFT JOIN LATERAL (
        SELECT block, transaction_index, step, reach_settled, reach_written_off, reach_reported, reach_at, reach_request
        FROM settlement AS known
        WHERE known.owner = told.owner AND known.provider = told.provider AND known.service = told.service
          AND NOT known.retracted AND known.state IS NOT NULL
          AND (told.block IS NULL
            OR (known.block, known.transaction_index, known.step) < (told.block, told.transaction_index, told.step))
          AND (told.completed_at IS NULL
            OR (known.reach_at, known.reach_request) < (before.completed_at, before.request_id))
        ORDER BY known.block DESC, known.transaction_index DESC, known.step DESC LIMIT 1) AS base ON TRUE""";

  static final String CLAIMS = """
      SELECT told.nth, known.partition, known.seq, known.block, known.transaction_index, known.step, known.branch,
        known.amount, known.written_off
      FROM $rows AS told (nth, owner, provider, service, block, transaction_index, step)
      JOIN settlement AS known ON known.owner = told.owner AND known.provider = told.provider
        AND known.service = told.service AND NOT known.retracted
        AND (known.block, known.transaction_index, known.step) > (told.block, told.transaction_index, told.step)
      JOIN partition ON partition.partition = known.partition
      WHERE known.seq < %s
      ORDER BY told.nth, known.block, known.transaction_index, known.step"""
      .formatted(QuarantineSql.sealedSeq("known.owner"));

  static final String USAGE = """
      SELECT told.nth, piece.*
      FROM $rows AS told (nth, owner, provider, service, reach_at, reach_request)
      CROSS JOIN LATERAL (
        SELECT completed_at, request_id, fee FROM usage_request AS usage
        WHERE usage.owner = told.owner AND usage.provider = told.provider AND usage.service = told.service
          AND usage.source = 'direct' AND (usage.completed_at, usage.request_id) > (told.reach_at, told.reach_request)
        ORDER BY usage.completed_at, usage.request_id LIMIT\s""" + UsageCursor.PIECE + """
      ) AS piece
      ORDER BY told.nth, piece.completed_at, piece.request_id""";

  static final String ASSIGN = """
      UPDATE settlement SET state = told.state, requests = told.requests, fee_sum = told.fee_sum,
        difference = told.difference, inside = told.inside, unreported = told.unreported, first_at = told.first_at,
        first_request = told.first_request, reach_at = told.reach_at, reach_request = told.reach_request,
        reach_settled = told.reach_settled, reach_written_off = told.reach_written_off,
        reach_reported = told.reach_reported
      FROM $rows AS told (partition, seq, state, requests, fee_sum, difference, inside, unreported, first_at, first_request,
        reach_at, reach_request, reach_settled, reach_written_off, reach_reported)
      WHERE settlement.partition = told.partition AND settlement.seq = told.seq
        AND (settlement.state, settlement.requests, settlement.fee_sum, settlement.inside, settlement.unreported,
          settlement.first_at, settlement.first_request, settlement.reach_at, settlement.reach_request,
          settlement.reach_settled, settlement.reach_written_off, settlement.reach_reported)
        IS DISTINCT FROM (told.state, told.requests, told.fee_sum, told.inside, told.unreported,
          told.first_at, told.first_request, told.reach_at, told.reach_request,
          told.reach_settled, told.reach_written_off, told.reach_reported)""";

  static final String ASSIGN_TOTALS = """
      INSERT INTO usage_meter (owner, provider, service, partition, settled, written_off) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT usage_meter_pk DO UPDATE SET settled = excluded.settled,
        written_off = excluded.written_off""";

  private MatchingSql() {}
}
