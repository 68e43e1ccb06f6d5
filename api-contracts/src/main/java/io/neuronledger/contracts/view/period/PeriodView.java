package io.neuronledger.contracts.view.period;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A period, with what people decided about it.
 *
 * @param report the report that it is closed by, or, while that is proposed, would be closed by
 * @param kept whether that report's bytes are here; not after the loss of the database, until they are made again;
 *     absent without a report
 * @param frozen the reports of the period that are kept, oldest first
 * @param decisions oldest first
 */
public record PeriodView(AccountingPeriod period, PeriodState state, Optional<FrozenReport> report,
    Optional<Boolean> kept, List<ReportHash> frozen, List<Decision> decisions) {
  /** What kind of decision it is. */
  public enum Kind {
    @JsonProperty("closing-proposed")
    CLOSING_PROPOSED,
    @JsonProperty("closed")
    CLOSED,
    @JsonProperty("reopening-proposed")
    REOPENING_PROPOSED,
    @JsonProperty("reopened")
    REOPENED,
    @JsonProperty("proposal-revoked")
    PROPOSAL_REVOKED
  }

  /**
   * A decision.
   *
   * @param number its place among all decisions about periods, from 1; an approval names that of its proposal
   * @param report the report that it is about; absent where a proposal was revoked
   * @param reason of a reopening and of a revocation
   * @param by who decided; of an approval the second person
   */
  public record Decision(long number, Kind kind, Optional<ReportHash> report, Optional<String> reason, String by,
      Instant at) {}
}
