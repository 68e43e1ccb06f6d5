package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * One sub-account.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 */
public record SubAccountAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, State state,
    SubAccountView subAccount) {
  /** One that is not opened holds nothing: it was opened after the past block of the answer. */
  public enum State {
    @JsonProperty("not-opened") NOT_OPENED,
    @JsonProperty("open") OPEN
  }
}
