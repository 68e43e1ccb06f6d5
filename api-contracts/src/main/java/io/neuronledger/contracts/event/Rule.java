package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An invariant after every event; a chain fact that breaks one is a discrepancy. */
public enum Rule {
  /** A movement takes at most the balance: no balance becomes negative. */
  @JsonProperty("balance-covers-movement") BALANCE_COVERS_MOVEMENT,
  /** Facts concern open ledgers and sub-accounts only. */
  @JsonProperty("account-is-open") ACCOUNT_IS_OPEN,
  /** A transfer cancels at most the pending refunds. */
  @JsonProperty("cancellation-within-pending") CANCELLATION_WITHIN_PENDING,
  /** A refund asks for at most the free part. */
  @JsonProperty("refund-within-free") REFUND_WITHIN_FREE,
  /** At most five active refunds. */
  @JsonProperty("refunds-at-most-five") REFUNDS_AT_MOST_FIVE,
  /** Only refunds whose lock has passed are completed, and each as a whole. */
  @JsonProperty("completion-is-claimable") COMPLETION_IS_CLAIMABLE,
  /** A settlement takes at most the asked amount. */
  @JsonProperty("settled-within-asked") SETTLED_WITHIN_ASKED,
  /** An account is empty when it closes. */
  @JsonProperty("closed-is-empty") CLOSED_IS_EMPTY,
  /** An owner's total fits a uint256. */
  @JsonProperty("total-is-uint256") TOTAL_IS_UINT256,
  /** The stored state equals the contract's state at that block. */
  @JsonProperty("state-equals-contract") STATE_EQUALS_CONTRACT,
  /** A log, a call or a trace explains every movement, where every call can be traced. */
  @JsonProperty("move-is-explained") MOVE_IS_EXPLAINED
}
