package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.OptionalLong;

/** The owners whose answers stand still, because a record of theirs was not understood. */
public record QuarantineView(List<Owner> owners) {
  public QuarantineView {
    owners = List.copyOf(owners);
  }

  /**
   * One of them.
   *
   * @param seq of the record in the partition with which it began
   * @param reason for people
   * @param block the owner's answers stand there; absent where no block had been sealed
   * @param parked records that wait in ledger-query; those that wait in ledger-command are counted there
   */
  public record Owner(WalletAddress owner, int partition, long seq, FoundBy foundBy, String reason, OptionalLong block,
      int parked) {}

  /** Who could not understand, and holds what waits. */
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

  /** @param records that waited and are taken now */
  public record Released(WalletAddress owner, int records) {}

  /** @param seq of the first record that is still not understood */
  public record StillQuarantined(WalletAddress owner, long seq, String reason) {}
}
