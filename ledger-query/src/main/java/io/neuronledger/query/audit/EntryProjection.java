package io.neuronledger.query.audit;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Line;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.Rows;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/** The journal: one row per event that leaves balances, kept for ever, marked when the chain takes its block back. */
public final class EntryProjection implements Projection {
  /** A rewind is not of the block it makes room for: it stands, as the negated sum of what was taken back. */
  private static final String MARK_RETRACTED = """
      UPDATE entry SET retracted = TRUE FROM $rows AS gone (lane, from_block)
      WHERE entry.lane = gone.lane AND entry.block >= gone.from_block AND NOT entry.retracted
        AND entry.type <> 'ledger-rewound.v1'""";
  private static final String ADD = """
      INSERT INTO entry (owner, seq, lane, sequence, type, provider, service, amount, block, transaction_index, step,
        branch, block_hash, block_time, transaction_hash, evidence, open_after, available_after, locked_after,
        sub_accounts_after, postings, details, recorded_at, retracted)
      SELECT * FROM $rows""";

  private final EntryJson json;

  public EntryProjection(JsonMapper json) {
    this.json = new EntryJson(json);
  }

  @Override
  public int project(Batch batch, DSLContext db) {
    Rows gone = Rows.of("int4", "int8");
    batch.retractions().forEach(retraction -> gone.add(retraction.lane(), retraction.fromBlock()));
    gone.write(db, MARK_RETRACTED);
    Rows entries = Rows.of("bytea", "int8", "int4", "int8", "text", "bytea", "text", "numeric", "int8", "int4", "int4",
        "int4", "bytea", "timestamptz", "bytea", "jsonb", "bool", "numeric", "numeric", "jsonb", "jsonb", "jsonb",
        "timestamptz", "bool");
    batch.lines().forEach(line -> add(line, entries));
    return entries.write(db, ADD);
  }

  private void add(Line line, Rows entries) {
    switch (line.event()) {
      case LedgerEvent.Booked booked -> {
        Balances after = booked.after();
        add(line, entries, booked.cause(), booked.postings(), after.open(), after.available(), after.locked(),
            after.subAccount().map(List::of).orElse(List.of()));
      }
      case LedgerEvent.Assigned assigned -> {
        LedgerState state = assigned.state();
        Neuron locked = state.subAccounts().stream().map(SubAccountState::balance).reduce(Neuron.ZERO, Neuron::plus);
        add(line, entries, assigned.cause(), assigned.postings(), state.open(), state.available(), locked,
            state.subAccounts());
      }
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> { }
    }
  }

  private void add(Line line, Rows entries, Cause cause, List<Posting> postings, boolean open, Neuron available,
      Neuron locked, List<SubAccountState> subAccounts) {
    LedgerEvent event = line.event();
    Optional<SubAccountId> subAccount = Facts.subAccount(event);
    Optional<Evidence> evidence = cause.evidence();
    boolean retracted = line.dropped() && !(event instanceof LedgerEvent.LedgerRewound);
    entries.add(line.owner(), line.seq(), line.lane(), line.record().sequence(), StoredNames.of(event),
        subAccount.map(SubAccountId::provider), subAccount.map(SubAccountId::service), Facts.amount(event),
        cause.position().block(), cause.position().transaction(), cause.position().step(), cause.branch(),
        cause.blockHash(), cause.blockTime(), evidence.flatMap(Facts::transactionHash), evidence.map(json::evidence),
        open, available, locked, json.subAccounts(subAccounts), json.postings(postings), json.details(event),
        line.record().recordedAt(), retracted);
  }
}
