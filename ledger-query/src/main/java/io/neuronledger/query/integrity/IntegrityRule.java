package io.neuronledger.query.integrity;

import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.usage.counted.CountedSums;
import java.util.Locale;

/**
 * An invariant of the stored rows. Each statement returns the rows that break it: {@code row_name}, {@code expected}
 * and {@code found}, as text.
 */
enum IntegrityRule {
  /**
   * The block of a journal entry is that of its event's position, of a rewind the first retracted one, and the kind of
   * its evidence that of its event's cause; no other column repeats its payload.
   */
  ENTRY_COLUMNS("entry", """
      SELECT * FROM (
        SELECT format('entry: owner 0x%s, seq %s', encode(owner, 'hex'), seq) AS row_name,
          'block ' || coalesce(payload #>> '{event,from_block}', split_part(payload #>> '{event,cause,at}', '-', 1))
            || ', evidence ' || CASE WHEN cause -> 'unverified' IS NOT NULL THEN 'unverified'
              WHEN cause -> 'log' IS NOT NULL THEN 'log' WHEN cause -> 'trace' IS NOT NULL THEN 'trace'
              WHEN cause -> 'snapshot' IS NOT NULL THEN 'snapshot'
              WHEN cause -> 'unexplained' IS NOT NULL THEN 'unexplained'
              WHEN transaction_hash IS NOT NULL THEN 'transaction' ELSE 'none' END AS expected,
          'block ' || block || ', evidence ' || coalesce(evidence, 'none') AS found
        FROM entry CROSS JOIN LATERAL (SELECT payload #> '{event,cause}' AS cause) AS inside) AS compared
      WHERE expected IS DISTINCT FROM found"""),

  /** Double entry: the postings of an entry sum to zero. */
  ENTRY_POSTINGS("entry", """
      SELECT format('entry: owner 0x%s, seq %s', encode(owner, 'hex'), seq) AS row_name,
        'postings that sum to 0' AS expected, 'postings that sum to ' || total AS found
      FROM entry CROSS JOIN LATERAL (SELECT coalesce(sum((posting ->> 'amount')::numeric), 0) AS total
        FROM json_array_elements(payload #> '{event,other_postings}') AS posting) AS added
      WHERE total <> 0"""),

  /** The events of an owner's stream are numbered without gaps: each has an entry or a discrepancy. */
  STREAM_SEQUENCE("entry", """
      SELECT format('entry: owner 0x%s, seq %s', encode(owner, 'hex'), seq) AS row_name,
        'event ' || place || ' of its stream: as many are stored before it' AS expected, 'event ' || sequence AS found
      FROM (
        SELECT owner, seq, sequence, row_number() OVER (PARTITION BY owner ORDER BY seq) - 1 AS place
        FROM (
          SELECT owner, seq, (payload ->> 'sequence')::bigint AS sequence FROM entry
          UNION ALL
          SELECT owner, seq, NULL FROM discrepancy) AS events) AS numbered
      WHERE sequence <> place"""),

  /** A settlement equals its journal entry, and each settlement entry has a settlement. */
  SETTLEMENT_ENTRY("settlement", """
      SELECT format('settlement: partition %s, seq %s', coalesce(settlement.partition, journal.partition),
          coalesce(settlement.seq, journal.seq)) AS row_name,
        coalesce(journal.facts, 'no such row: there is no entry') AS expected,
        coalesce(settlement.facts, 'no row') AS found
      FROM (
        SELECT partition, seq, concat_ws(' ', 'asked ' || asked, 'amount ' || amount, 'written off ' || written_off,
          '0x' || encode(owner, 'hex'), '0x' || encode(provider, 'hex') || ':' || service, 'block ' || block,
          transaction_index, step, 'branch ' || branch, 'nonce ' || nonce, CASE WHEN retracted THEN 'retracted' END)
          AS facts
        FROM settlement) AS settlement
      FULL JOIN (
        SELECT partition, seq, concat_ws(' ', 'asked ' || coalesce(event ->> 'asked', amount::text),
          'amount ' || amount,
          'written off ' || greatest((event ->> 'asked')::numeric - amount, 0),
          '0x' || encode(owner, 'hex'), '0x' || encode(provider, 'hex') || ':' || service,
          'block ' || replace(regexp_replace(event #>> '{cause,at}', '-([0-9]+)$', ' branch \\1'), '-', ' '),
          'nonce ' || (event ->> 'nonce'), CASE WHEN retracted THEN 'retracted' END) AS facts
        FROM entry CROSS JOIN LATERAL (SELECT payload -> 'event' AS event) AS inside
        WHERE type = 'fees-settled.v1') AS journal
      ON journal.partition = settlement.partition AND journal.seq = settlement.seq
      WHERE journal.facts IS DISTINCT FROM settlement.facts"""),

  /** The fees of a settlement equal the sum over the requests that it covers. */
  SETTLEMENT_REQUESTS("settlement", """
      SELECT format('settlement: partition %s, seq %s', partition, seq) AS row_name,
        concat_ws(', ', covered || ' requests', 'fees ' || fees, 'difference ' || (amount + written_off - fees),
          'settled so far ' || settled_so_far, 'written off so far ' || written_off_so_far,
          'reported so far ' || reported_so_far) AS expected,
        concat_ws(', ', requests || ' requests', 'fees ' || fee_sum, 'difference ' || difference,
          'settled so far ' || reach_settled, 'written off so far ' || reach_written_off,
          'reported so far ' || reach_reported) AS found
      FROM (
        SELECT known.*,
          sum(amount) OVER so_far AS settled_so_far, sum(written_off) OVER so_far AS written_off_so_far
        FROM settlement AS known WHERE NOT retracted AND state IS NOT NULL
        WINDOW so_far AS (PARTITION BY owner, provider, service ORDER BY block, transaction_index, step)) AS known
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE (completed_at, request_id) >= (first_at, first_request)) AS covered,
          coalesce(sum(fee) FILTER (WHERE (completed_at, request_id) >= (first_at, first_request)), 0) AS fees,
          coalesce(sum(fee), 0) AS reported_so_far
        FROM usage_request AS usage
        WHERE usage.owner = known.owner AND usage.provider = known.provider AND usage.service = known.service
          AND usage.source = 'direct' AND usage.reversed_seq IS NULL AND usage.set_apart IS NULL
          AND (usage.completed_at, usage.request_id) <= (reach_at, reach_request)) AS reach
      WHERE (covered, fees, amount + written_off - fees, settled_so_far, written_off_so_far, reported_so_far)
        IS DISTINCT FROM (requests, fee_sum, difference, reach_settled, reach_written_off, reach_reported)"""),

  /** A fee is its units times their prices, where they have prices. */
  FEE_PRICE("usage_request", """
      SELECT format('usage_request: owner 0x%s, completed at %s, provider 0x%s, request %s', encode(owner, 'hex'),
          completed_at, encode(provider, 'hex'), request_id) AS row_name,
        'fee ' || priced AS expected, 'fee ' || fee AS found
      FROM usage_request CROSS JOIN LATERAL (SELECT CASE unit
        WHEN 'tokens' THEN (input_tokens - cached_input_tokens) * price::numeric
          + cached_input_tokens * coalesce(cached_input_price, 0)::numeric
          + output_tokens * coalesce(output_price, 0)::numeric
        WHEN 'images' THEN images * price::numeric
        WHEN 'seconds' THEN seconds * price::numeric
        WHEN 'priced' THEN (SELECT sum((part ->> 'count')::numeric * (part ->> 'price')::numeric)
          FROM json_array_elements(unit_lines) AS part)
        ELSE fee::numeric END AS priced) AS computed
      WHERE priced IS DISTINCT FROM fee"""),

  /** A request is set apart exactly while its partition's chain events name no such service at its time. */
  USAGE_SET_APART("usage_request", """
      SELECT format('usage_request: owner 0x%%s, completed at %%s, provider 0x%%s, request %%s', encode(owner, 'hex'),
          completed_at, encode(provider, 'hex'), request_id) AS row_name,
        coalesce(judged, 'not set apart') AS expected, coalesce(set_apart, 'not set apart') AS found
      FROM (SELECT request.*, %s AS judged FROM usage_request AS request %s) AS compared
      WHERE reversed_seq IS NULL AND judged IS DISTINCT FROM set_apart"""
      .formatted(CountedSums.SET_APART, CountedSums.KNOWN)),

  /** The sums of an hour equal those of its requests that count. */
  USAGE_HOUR("usage_hour", """
      SELECT format('usage_hour: owner 0x%s, hour %s, provider 0x%s, %s, %s, %s, key %s', encode(owner, 'hex'), hour,
          encode(provider, 'hex'), service, model, source, api_key_id) AS row_name,
        coalesce(summed.facts, 'no row: there are no requests') AS expected, coalesce(stored.facts, 'no row') AS found
      FROM (
        SELECT owner, hour, provider, service, model, source, api_key_id, concat_ws(' ', requests, input_tokens,
          cached_input_tokens, cache_write_tokens, output_tokens, images, seconds, clips, fees,
          unverified_fees) AS facts
        FROM usage_hour) AS stored
      FULL JOIN (
        SELECT owner, date_trunc('hour', completed_at, 'UTC') AS hour, provider, service, model, source,
          coalesce(api_key_id, '') AS api_key_id, concat_ws(' ', count(*), sum(input_tokens), sum(cached_input_tokens),
          sum(cache_write_tokens), sum(output_tokens), sum(images), sum(seconds), sum(clips), sum(fee),
          sum(unverified_fee)) AS facts
        FROM usage_request WHERE reversed_seq IS NULL AND set_apart IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7) AS summed
      USING (owner, hour, provider, service, model, source, api_key_id)
      WHERE summed.facts IS DISTINCT FROM stored.facts"""),

  /** The totals of a sub-account equal those of its requests that count, and of its settlements. */
  USAGE_METER("usage_meter", """
      SELECT format('usage_meter: owner 0x%s, provider 0x%s, %s', encode(owner, 'hex'), encode(provider, 'hex'),
          service) AS row_name,
        concat_ws(', ', coalesce(used.facts, '0 requests, used 0, unverified 0, 0 by routers, used 0, unverified 0'),
          coalesce(settled.facts, 'settled 0, written off 0')) AS expected,
        coalesce(stored.facts, 'no row') AS found
      FROM (
        SELECT owner, provider, service, concat_ws(', ', requests || ' requests', 'used ' || used,
          'unverified ' || unverified,
          router_requests || ' by routers', 'used ' || router_used, 'unverified ' || router_unverified,
          'settled ' || settled,
          'written off ' || written_off) AS facts
        FROM usage_meter) AS stored
      FULL JOIN (
        SELECT owner, provider, service, concat_ws(', ', count(*) FILTER (WHERE source = 'direct') || ' requests',
          'used ' || coalesce(sum(fee) FILTER (WHERE source = 'direct'), 0),
          'unverified ' || coalesce(sum(unverified_fee) FILTER (WHERE source = 'direct'), 0),
          count(*) FILTER (WHERE source = 'router') || ' by routers',
          'used ' || coalesce(sum(fee) FILTER (WHERE source = 'router'), 0),
          'unverified ' || coalesce(sum(unverified_fee) FILTER (WHERE source = 'router'), 0)) AS facts
        FROM usage_request WHERE reversed_seq IS NULL AND set_apart IS NULL GROUP BY 1, 2, 3) AS used
      USING (owner, provider, service)
      FULL JOIN (
        SELECT owner, provider, service, concat_ws(', ', 'settled ' || sum(amount), 'written off ' || sum(written_off))
          AS facts
        FROM settlement WHERE NOT retracted AND state IS NOT NULL GROUP BY 1, 2, 3) AS settled
      USING (owner, provider, service)
      WHERE stored.facts IS DISTINCT FROM concat_ws(', ',
        coalesce(used.facts, '0 requests, used 0, unverified 0, 0 by routers, used 0, unverified 0'),
        coalesce(settled.facts, 'settled 0, written off 0'))"""),

  /** What a partition's accounts hold by service is what has changed it, and so are the settlements. */
  SERVICE_CHANGE("service_change", """
      SELECT format('service_change: partition %%s, service %%s', partition, service) AS row_name,
        coalesce(accounts.facts, nothing) AS expected, coalesce(changes.facts, nothing) AS found
      FROM (
        SELECT partition, service, concat_ws(', ', 'held ' || sum(held), 'pending refund ' || sum(pending_refund),
          'settled ' || sum(settled), 'written off ' || sum(written_off), sum(settlements) || ' settlements') AS facts
        FROM service_change GROUP BY 1, 2) AS changes
      FULL JOIN (
        SELECT partition, service, concat_ws(', ', 'held ' || sum(held), 'pending refund ' || sum(pending_refund),
          'settled ' || sum(settled), 'written off ' || sum(written_off), sum(settlements) || ' settlements') AS facts
        FROM (
          SELECT partition, service, balance::numeric AS held, pending_refund::numeric AS pending_refund, 0 AS settled,
            0 AS written_off, 0 AS settlements
          FROM (SELECT DISTINCT ON (owner, provider, service) * FROM sub_account_state AS state
            ORDER BY owner, provider, service, %s) AS newest
          UNION ALL
          SELECT partition, '', available::numeric, 0, 0, 0, 0
          FROM (SELECT DISTINCT ON (owner) * FROM ledger_state AS state ORDER BY owner, %s) AS newest
          UNION ALL
          SELECT partition, service, 0, 0, amount::numeric, written_off::numeric, 1
          FROM settlement WHERE NOT retracted) AS all_rows
        GROUP BY 1, 2) AS accounts
      USING (partition, service)
      CROSS JOIN (SELECT 'held 0, pending refund 0, settled 0, written off 0, 0 settlements' AS nothing) AS zero
      WHERE coalesce(accounts.facts, nothing) <> coalesce(changes.facts, nothing)"""
      .formatted(Visibility.newestFirst("state"), Visibility.newestFirst("state"))),

  /** The sums of a day equal the changes of its blocks, and its direct requests that count. */
  SERVICE_DAY("service_day", """
      SELECT format('service_day: partition %s, service %s, day %s', partition, service, day) AS row_name,
        coalesce(summed.facts, 'no row: nothing happened') AS expected, coalesce(stored.facts, 'no row') AS found
      FROM (
        SELECT partition, service, day, concat_ws(', ', events || ' events', 'held ' || held,
          'pending refund ' || pending_refund, 'settled ' || settled, 'written off ' || written_off,
          settlements || ' settlements', requests || ' requests', 'used ' || used,
          'unverified ' || unverified) AS facts
        FROM service_day) AS stored
      FULL JOIN (
        SELECT partition, service, day, concat_ws(', ', sum(events) || ' events', 'held ' || sum(held),
          'pending refund ' || sum(pending_refund), 'settled ' || sum(settled), 'written off ' || sum(written_off),
          sum(settlements) || ' settlements', sum(requests) || ' requests', 'used ' || sum(used),
          'unverified ' || sum(unverified)) AS facts
        FROM (
          SELECT partition, service, (block_time AT TIME ZONE 'UTC')::date AS day, events, held::numeric AS held,
            pending_refund::numeric AS pending_refund, settled::numeric AS settled,
            written_off::numeric AS written_off, settlements, 0 AS requests, 0 AS used, 0 AS unverified
          FROM service_change
          UNION ALL
          SELECT partition, service, (completed_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 0, 0, 0, 1, fee::numeric,
            unverified_fee::numeric
          FROM usage_request WHERE source = 'direct' AND reversed_seq IS NULL AND set_apart IS NULL) AS all_rows
        GROUP BY 1, 2, 3) AS summed
      USING (partition, service, day)
      WHERE summed.facts IS DISTINCT FROM stored.facts""");

  private final String table;
  private final String broken;

  IntegrityRule(String table, String broken) {
    this.table = table;
    this.broken = broken;
  }

  /** The table whose rows are checked. */
  String table() {
    return table;
  }

  String broken() {
    return broken;
  }

  /** The name in the API, in kebab case. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
