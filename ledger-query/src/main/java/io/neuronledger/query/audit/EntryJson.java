package io.neuronledger.query.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.SubAccountState;
import io.neuronledger.contracts.view.EntryDetails;
import io.neuronledger.contracts.view.EntryView;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The parts of an entry that are stored as JSON, in the form in which the API shows them. */
final class EntryJson {
  private static final TypeReference<List<Posting>> POSTINGS = new TypeReference<>() {};
  private static final TypeReference<List<EntryView.SubAccount>> SUB_ACCOUNTS = new TypeReference<>() {};
  private static final String NOTHING = "[]";

  private final JsonMapper json;
  private final JsonMapper details;

  EntryJson(JsonMapper json) {
    this.json = json;
    this.details = json.rebuild()
        .addMixIn(AccountEvent.class, Untyped.class)
        .addMixIn(LedgerEvent.class, DetailsOnly.class)
        .build();
  }

  /** What the event says beside the columns of its entry; the properties of {@link EntryDetails}. */
  String details(LedgerEvent event) {
    return details.writeValueAsString(event);
  }

  EntryDetails details(String stored) {
    return json.readValue(stored, EntryDetails.class);
  }

  String postings(List<Posting> postings) {
    return postings.isEmpty() ? NOTHING : json.writeValueAsString(postings);
  }

  List<Posting> postings(String stored) {
    return json.readValue(stored, POSTINGS);
  }

  String evidence(Evidence evidence) {
    return json.writeValueAsString(evidence);
  }

  Evidence evidence(String stored) {
    return json.readValue(stored, Evidence.class);
  }

  String subAccounts(List<SubAccountState> states) {
    return states.isEmpty() ? NOTHING : json.writeValueAsString(states.stream().map(EntryJson::view).toList());
  }

  List<EntryView.SubAccount> subAccounts(String stored) {
    return json.readValue(stored, SUB_ACCOUNTS);
  }

  private static EntryView.SubAccount view(SubAccountState state) {
    return new EntryView.SubAccount(state.provider(), state.service(), state.open(), state.balance(),
        state.pendingRefund(), state.acknowledged(), state.refunds().stream()
            .map(refund -> new EntryView.Refund(refund.id(), refund.amount(), refund.requestedAt())).toList());
  }

  /** The stored name has a column of its own. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  private interface Untyped {}

  @JsonIgnoreProperties({"owner", "sub_account", "amount", "after", "state", "postings", "cause"})
  private interface DetailsOnly {}
}
