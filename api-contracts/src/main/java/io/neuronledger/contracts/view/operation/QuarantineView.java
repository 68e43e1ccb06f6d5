package io.neuronledger.contracts.view.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.OptionalLong;

/** The quarantined owners: one of their records could not be processed, so their answers stay at an earlier block. */
public record QuarantineView(List<Owner> owners) {
  public QuarantineView {
    owners = List.copyOf(owners);
  }

  /**
   * One quarantined owner.
   *
   * @param seq the seq, in the partition, of the record that caused the quarantine
   * @param reason the reason, as readable text
   * @param block the block of the owner's answers; absent where no block had been sealed
   * @param parked the number of records parked in ledger-query; ledger-command counts its own
   */
  public record Owner(WalletAddress owner, int partition, long seq, FoundBy foundBy, String reason, OptionalLong block,
      int parked) {}

  /** The service that could not process the record and holds the parked ones. */
  public enum FoundBy {
    @JsonProperty("ledger-command") LEDGER_COMMAND,
    @JsonProperty("ledger-query") LEDGER_QUERY
  }

  /** The answer to a release. */
  public record Unparked(List<Released> released, List<StillQuarantined> stillQuarantined) {
    public Unparked {
      released = List.copyOf(released);
      stillQuarantined = List.copyOf(stillQuarantined);
    }
  }

  /** @param records the number of replayed records */
  public record Released(WalletAddress owner, int records) {}

  /** @param seq the seq of the first record that still cannot be processed */
  public record StillQuarantined(WalletAddress owner, long seq, String reason) {}
}
