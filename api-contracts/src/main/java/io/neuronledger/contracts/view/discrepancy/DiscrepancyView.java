package io.neuronledger.contracts.view.discrepancy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A discrepancy.
 *
 * @param key the permanent key; a resolution is posted to ledger-command under it
 * @param owner absent where the report of a closed period differs, which is of all owners
 * @param provider absent where the discrepancy is of the ledger itself
 * @param service absent where the discrepancy is of the ledger itself
 * @param settlement the settlement with the difference; absent for other kinds
 * @param amount the difference between settlements and usage; absent where a rule was broken
 * @param breach the rule that a chain fact broke; absent for other kinds
 * @param report the report of a closed period that differs; absent for other kinds
 * @param since the block's time; for overdue usage the completion of the oldest unsettled request; of a report the time
 *     by the service's clock at which it was found
 * @param resolution an operator's decision; of a difference, about exactly this amount
 * @param proposal to resolve a difference of exactly this amount, which a second person has not approved yet
 */
public record DiscrepancyView(String key, DiscrepancyKind kind, State state, Optional<WalletAddress> owner,
    Optional<WalletAddress> provider, Optional<ServiceName> service, Optional<SettlementId> settlement,
    Optional<NeuronSum> amount, Optional<Breach> breach, Optional<ReportDifference> report, Instant since,
    Optional<Resolution> resolution, Optional<Proposal> proposal) {
  /**
   * @param rule the broken rule
   * @param expected what the rule allows, as readable text
   * @param actual what the chain reported, as readable text
   * @param block the block of the fact
   */
  public record Breach(String rule, String expected, String actual, long block) {}

  /**
   * @param period the closed period
   * @param closedBy the hash of the report that it is closed by
   * @param made the hash of the report as it was made again from the same positions
   */
  public record ReportDifference(AccountingPeriod period, ReportHash closedBy, ReportHash made) {}

  /** @param at the time by the clock of the service that recorded the decision */
  public record Resolution(String reason, String by, Instant at) {}

  /**
   * @param number its place among the decisions about this discrepancy, from 1; the approval names it
   * @param at the time by the clock of the service that recorded the decision
   */
  public record Proposal(long number, String reason, String by, Instant at) {}

  /**
   * The state of a discrepancy. A difference that a late report closes no longer exists, nor does that of a period's
   * report which is made again with its hash, or whose period is reopened.
   */
  public enum State {
    /** Without a resolution. */
    OPEN("open"),
    /** An operator has resolved it. */
    RESOLVED("resolved"),
    /** The chain retracted the fact. */
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
