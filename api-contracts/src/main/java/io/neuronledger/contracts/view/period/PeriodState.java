package io.neuronledger.contracts.view.period;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a period's report can still change. */
public enum PeriodState {
  /** It was never closed, and nobody proposes it. */
  @JsonProperty("open")
  OPEN,
  /** One person has proposed to close it; another one has not approved it yet. */
  @JsonProperty("closing-proposed")
  CLOSING_PROPOSED,
  /** Its report stays as it is. */
  @JsonProperty("closed")
  CLOSED,
  /** It is closed, and one person has proposed to reopen it. */
  @JsonProperty("reopening-proposed")
  REOPENING_PROPOSED,
  /** It was closed, and is open again. */
  @JsonProperty("reopened")
  REOPENED
}
