package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What must hold after every event; a chain fact that breaks one is a discrepancy. */
public enum Rule {
  /** A movement takes at most what is there: no balance goes below zero. */
  @JsonProperty("balance-covers-movement") BALANCE_COVERS_MOVEMENT,
  /** What happens to a ledger or sub-account happens to one that is open. */
  @JsonProperty("account-is-open") ACCOUNT_IS_OPEN,
  /** A transfer cancels at most what is pending. */
  @JsonProperty("cancellation-within-pending") CANCELLATION_WITHIN_PENDING,
  /** A refund asks for at most the free part. */
  @JsonProperty("refund-within-free") REFUND_WITHIN_FREE,
  /** At most five active refunds. */
  @JsonProperty("refunds-at-most-five") REFUNDS_AT_MOST_FIVE,
  /** Only refunds whose lock has passed are completed, and each as a whole. */
  @JsonProperty("completion-is-claimable") COMPLETION_IS_CLAIMABLE,
  /** A settlement takes at most what was asked. */
  @JsonProperty("settled-within-asked") SETTLED_WITHIN_ASKED,
  /** An account is empty when it closes. */
  @JsonProperty("closed-is-empty") CLOSED_IS_EMPTY,
  /** An owner's total is a uint256: more coin than that does not exist. */
  @JsonProperty("total-is-uint256") TOTAL_IS_UINT256,
  /** The state we hold is the state the contract answers at that block. */
  @JsonProperty("state-equals-contract") STATE_EQUALS_CONTRACT,
  /** What moves is explained by a log, a call or a trace, where every call can be looked into. */
  @JsonProperty("move-is-explained") MOVE_IS_EXPLAINED
}
