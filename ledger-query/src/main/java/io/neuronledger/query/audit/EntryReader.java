package io.neuronledger.query.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.entry.EntryDetails;
import io.neuronledger.contracts.view.entry.EntryView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Converts published account events to entries of the API. */
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

  /** @param published the JSON of an {@link AccountRecord} */
  EntryView view(String published, boolean retracted) {
    AccountRecord accountRecord = json.readValue(published, AccountRecord.class);
    return switch (accountRecord.event()) {
      case LedgerEvent.Booked booked ->
          view(accountRecord, booked, after(booked), booked.postings(), booked.cause(), retracted);
      case LedgerEvent.Assigned assigned ->
          view(accountRecord, assigned, after(assigned.state()), assigned.postings(), assigned.cause(), retracted);
      case AccountEvent other -> throw new IllegalStateException("not an entry: " + other);
    };
  }

  private EntryView view(AccountRecord accountRecord, LedgerEvent event, EntryView.After after,
      List<Posting> postings, Cause cause, boolean retracted) {
    Optional<SubAccountId> subAccount = Facts.subAccount(event);
    return new EntryView(accountRecord.partition() + "-" + accountRecord.seq(), Facts.type(event),
        subAccount.map(SubAccountId::provider), subAccount.map(SubAccountId::service), Facts.amount(event),
        detailsOf(event), postings, after, cause.position(), cause.branch(), cause.blockHash(), cause.blockTime(),
        cause.evidence(), accountRecord.recordedAt(), retracted);
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
