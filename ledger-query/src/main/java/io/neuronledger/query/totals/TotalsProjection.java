package io.neuronledger.query.totals;

import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.SERVICE_CHANGE;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.ResultColumns;
import io.neuronledger.query.projection.UnnestRows;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/**
 * Projects what each block did to the sums over all accounts, by service, and the same by day: the sums are then read
 * without reading the accounts. Runs before the projection of balances, whose rows it may need as they were before the
 * batch.
 */
public final class TotalsProjection implements Projection {
  private static final String DROP = """
      WITH dropped AS (
        DELETE FROM service_change USING $rows AS retraction ($columns)
        WHERE service_change.partition = retraction.partition AND service_change.block >= retraction.from_block
        RETURNING service_change.*),
      sums AS (
        SELECT partition, service, (block_time AT TIME ZONE 'UTC')::date AS day, sum(events) AS events,
          sum(held::numeric) AS held, sum(pending_refund::numeric) AS pending_refund, sum(settled::numeric) AS settled,
          sum(written_off::numeric) AS written_off, sum(settlements) AS settlements
        FROM dropped GROUP BY 1, 2, 3)
      UPDATE service_day SET events = service_day.events - sums.events, held = service_day.held - sums.held,
        pending_refund = service_day.pending_refund - sums.pending_refund,
        settled = service_day.settled - sums.settled, written_off = service_day.written_off - sums.written_off,
        settlements = service_day.settlements - sums.settlements
      FROM sums
      WHERE service_day.partition = sums.partition AND service_day.service = sums.service
        AND service_day.day = sums.day""";
  private static final String DROP_EMPTY = """
      DELETE FROM service_day USING $rows AS retraction ($columns)
      WHERE service_day.partition = retraction.partition AND service_day.events = 0 AND service_day.requests = 0""";
  private static final String ADD = """
      WITH input AS (SELECT * FROM $rows AS input ($columns)),
      kept AS (
        INSERT INTO service_change ($columns) SELECT * FROM input
        ON CONFLICT ON CONSTRAINT service_change_pk DO UPDATE SET
          events = service_change.events + excluded.events, held = service_change.held + excluded.held,
          pending_refund = service_change.pending_refund + excluded.pending_refund,
          settled = service_change.settled + excluded.settled,
          written_off = service_change.written_off + excluded.written_off,
          settlements = service_change.settlements + excluded.settlements)
      INSERT INTO service_day (partition, service, day, events, held, pending_refund, settled, written_off, settlements)
      SELECT partition, service, (block_time AT TIME ZONE 'UTC')::date, sum(events), sum(held), sum(pending_refund),
        sum(settled), sum(written_off), sum(settlements)
      FROM input GROUP BY 1, 2, 3
      ON CONFLICT ON CONSTRAINT service_day_pk DO UPDATE SET events = service_day.events + excluded.events,
        held = service_day.held + excluded.held,
        pending_refund = service_day.pending_refund + excluded.pending_refund,
        settled = service_day.settled + excluded.settled,
        written_off = service_day.written_off + excluded.written_off,
        settlements = service_day.settlements + excluded.settlements""";
  /** The newest states as they were before the batch, without the blocks that it retracts. */
  private static final String PENDING = """
      SELECT account.owner, account.provider, account.service, newest.pending_refund
      FROM $rows AS input ($columns)
      JOIN sub_account AS account ON account.owner = input.owner
      CROSS JOIN LATERAL (
        SELECT state.pending_refund FROM sub_account_state AS state
        WHERE state.owner = account.owner AND state.provider = account.provider AND state.service = account.service
          AND state.block < input.from_block
        ORDER BY %s LIMIT 1) AS newest
      WHERE newest.pending_refund > 0""".formatted(Visibility.newestFirst("state"));

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = batch.retractionRows();
    int dropped = retractions.write(db, DROP);
    Map<WalletAddress, Integer> owners = ServiceChanges.needPending(batch.lines());
    ServiceChanges added = new ServiceChanges(pendingBefore(owners, batch, db), owners.keySet());
    batch.lines().forEach(added::apply);
    UnnestRows rows = UnnestRows.of(SERVICE_CHANGE.PARTITION, SERVICE_CHANGE.MARK_SEQ, SERVICE_CHANGE.BLOCK,
        SERVICE_CHANGE.SERVICE, SERVICE_CHANGE.BLOCK_TIME, SERVICE_CHANGE.EVENTS, SERVICE_CHANGE.HELD,
        SERVICE_CHANGE.PENDING_REFUND, SERVICE_CHANGE.SETTLED, SERVICE_CHANGE.WRITTEN_OFF, SERVICE_CHANGE.SETTLEMENTS);
    added.changes().forEach((span, change) -> rows.add(span.partition(), span.markSeq(), span.block(), span.service(),
        change.blockTime(), change.events(), new NeuronSum(change.held()), new NeuronSum(change.pendingRefund()),
        new NeuronSum(change.settled()), new NeuronSum(change.writtenOff()), change.settlements()));
    return dropped + rows.write(db, ADD) + retractions.write(db, DROP_EMPTY);
  }

  private static Map<SubAccountId, Neuron> pendingBefore(Map<WalletAddress, Integer> owners, Batch batch,
      DSLContext db) {
    Map<Integer, Long> retracted = batch.retractions().stream()
        .collect(Collectors.toMap(Batch.Retraction::partition, Batch.Retraction::fromBlock));
    UnnestRows rows = UnnestRows.of(SUB_ACCOUNT.OWNER, PARTITION_RETRACTION.FROM_BLOCK);
    owners.forEach((owner, partition) -> rows.add(owner, retracted.getOrDefault(partition, Long.MAX_VALUE)));
    Map<SubAccountId, Neuron> pending = new HashMap<>();
    rows.read(db, PENDING, row -> pending.put(ResultColumns.subAccount(row),
        ResultColumns.neuron(row, "pending_refund")));
    return pending;
  }
}
