package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * An owner's ledger.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param available not allocated
 * @param locked the sum of the sub-accounts' balances
 * @param total available + locked
 * @param detail where it is asked for
 */
public record LedgerView(AsOf asOf, boolean quarantined, WalletAddress owner, State state, Neuron available,
    Neuron locked, Neuron total, Optional<LedgerDetails> detail) {
  public LedgerView with(LedgerDetails more) {
    return new LedgerView(asOf, quarantined, owner, state, available, locked, total, Optional.of(more));
  }

  /**
   * A closed ledger holds nothing; a deposit opens it again. One that is not opened holds nothing either: it was opened
   * after the block of the answer.
   */
  public enum State {
    @JsonProperty("not-opened") NOT_OPENED,
    @JsonProperty("open") OPEN,
    @JsonProperty("closed") CLOSED
  }
}
