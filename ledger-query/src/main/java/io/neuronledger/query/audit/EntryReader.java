package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.entry.EntryDetails;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.query.projection.EntryPayload;
import java.util.Optional;
import java.util.OptionalInt;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

/** Converts stored entries to those of the API. */
final class EntryReader {
  private final JsonMapper json;
  private final JsonMapper details;

  EntryReader(JsonMapper json) {
    this.json = json;
    this.details = json.rebuild()
        .addMixIn(AccountEvent.class, Untyped.class)
        .addMixIn(LedgerEvent.class, DetailsOnly.class)
        .build();
  }

  /** @param row with all fields of the entry */
  EntryView view(Record row) {
    EntryPayload.Entry entry = EntryPayload.read(row);
    return switch (entry.event()) {
      case LedgerEvent.Booked booked -> view(row, entry, booked, after(booked));
      case LedgerEvent.Assigned assigned -> view(row, entry, assigned, after(assigned.state()));
      case LedgerEvent other -> throw new IllegalStateException("not an entry: " + other);
    };
  }

  private EntryView view(Record row, EntryPayload.Entry entry, LedgerEvent.Posted event, EntryView.After after) {
    Cause cause = event.cause();
    return new EntryView(new EntryId(row.get(ENTRY.PARTITION), row.get(ENTRY.SEQ)), row.get(ENTRY.TYPE),
        Optional.ofNullable(row.get(ENTRY.PROVIDER)), Optional.ofNullable(row.get(ENTRY.SERVICE)),
        Optional.ofNullable(row.get(ENTRY.AMOUNT)), detailsOf(event), event.postings(), Optional.of(after),
        Optional.of(cause.position()), OptionalInt.of(cause.branch()), Optional.of(cause.blockHash()),
        Optional.of(cause.blockTime()), cause.evidence(), Optional.empty(), Optional.empty(), entry.recordedAt(),
        row.get(ENTRY.RETRACTED));
  }

  /** The properties of the event, except those that every entry has. */
  private EntryDetails detailsOf(LedgerEvent event) {
    EntryDetails stored = json.readValue(details.writeValueAsString(event), EntryDetails.class);
    return switch (event) {
      case LedgerEvent.FeesSettled of -> stored.settled(of.asked(), of.writtenOff());
      case LedgerEvent.SettlementRejected of -> stored.rejected(of.rejection().known());
      case LedgerEvent _ -> stored;
    };
  }

  private static EntryView.After after(LedgerEvent.Booked event) {
    Balances balances = event.after();
    return new EntryView.After(balances.open(), balances.available(), balances.locked(), balances.total(),
        event.subAccountState().stream().map(EntryReader::view).toList());
  }

  private static EntryView.After after(LedgerState state) {
    Neuron locked = state.subAccounts().stream().map(SubAccountState::balance).reduce(Neuron.ZERO, Neuron::plus);
    return new EntryView.After(state.open(), state.available(), locked, state.available().plus(locked),
        state.subAccounts().stream().map(EntryReader::view).toList());
  }

  private static EntryView.SubAccount view(SubAccountState state) {
    return new EntryView.SubAccount(state.provider(), state.service(), state.open(), state.balance(),
        state.pendingRefund(), state.acknowledged(), state.refunds().stream()
            .map(refund -> new EntryView.Refund(refund.id(), refund.amount(), refund.requestedAt())).toList());
  }

  /** An entry has the stored name in a field of its own. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  private interface Untyped {}

  @JsonIgnoreProperties({"owner", "provider", "service", "amount", "after", "state", "signed", "rejection",
      "other_postings", "cause"})
  private interface DetailsOnly {}
}
