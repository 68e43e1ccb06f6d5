package io.neuronledger.contracts.view.settlement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a settlement compares with the requests that it covers. */
public enum SettlementState {
  /** It claims exactly their fees. */
  @JsonProperty("matched") MATCHED("matched"),
  /** It claims more than their fees: it ends inside the next request. */
  @JsonProperty("over") OVER("over"),
  /** It claims less than their fees: the previous one ended inside its first request. */
  @JsonProperty("under") UNDER("under"),
  /** It claims more than has been reported so far. */
  @JsonProperty("unreported") UNREPORTED("unreported"),
  /** The chain retracted it: it covers nothing. */
  @JsonProperty("retracted") RETRACTED("retracted");

  private final String word;

  SettlementState(String word) {
    this.word = word;
  }

  /** The word in JSON, SQL and parameters. */
  public String word() {
    return word;
  }

  /** @throws IllegalArgumentException for another word */
  public static SettlementState of(String word) {
    for (SettlementState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("not a state of settlements: " + word);
  }
}
