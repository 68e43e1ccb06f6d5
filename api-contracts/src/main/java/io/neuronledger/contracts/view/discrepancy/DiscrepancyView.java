package io.neuronledger.contracts.view.discrepancy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * What does not agree.
 *
 * @param key names it for ever; a decision about it is posted to ledger-command under this key
 * @param provider absent where the ledger itself is concerned
 * @param service absent where the ledger itself is concerned
 * @param settlement where the difference shows; absent for other kinds
 * @param amount by how much settlements and usage differ; absent where a rule was broken
 * @param breach which rule a chain fact broke; absent for differences
 * @param since the block's time; completion of the oldest request that waits
 * @param resolution a person's decision; of a difference, about exactly this amount
 */
public record DiscrepancyView(String key, DiscrepancyKind kind, State state, WalletAddress owner,
    Optional<WalletAddress> provider, Optional<ServiceName> service, Optional<SettlementId> settlement,
    Optional<NeuronSum> amount, Optional<Breach> breach, Instant since, Optional<Resolution> resolution) {
  /**
   * @param rule that was broken
   * @param expected what the rule allows, for people
   * @param actual what the chain said, for people
   * @param block of the fact
   */
  public record Breach(String rule, String expected, String actual, long block) {}

  /** @param at the clock of the service that took the decision */
  public record Resolution(String reason, String by, Instant at) {}

  /** What became of it. A difference that a late report closes is none any more. */
  public enum State {
    /** Nobody has decided about it. */
    OPEN("open"),
    /** A person has. */
    RESOLVED("resolved"),
    /** The chain took the fact back. */
    RETRACTED("retracted");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word in JSON, SQL and parameters. */
    @JsonValue
    public String word() {
      return word;
    }

    /** @throws IllegalArgumentException for another word */
    public static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("not a state of discrepancies: " + word);
    }
  }
}
