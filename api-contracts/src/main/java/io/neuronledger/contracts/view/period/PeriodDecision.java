package io.neuronledger.contracts.view.period;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.topic.WriteToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A recorded decision about a period.
 *
 * @param number its place among all decisions about periods, from 1; an approval names that of its proposal
 * @param state that of the period after it
 * @param report the report that the decision is about; absent where a proposal was revoked
 * @param reason 1 to 2,000 characters; of a reopening and of a revocation
 * @param proposedBy the first of two persons, where this is the approval by the second
 * @param by who decided
 * @param at the time by the service's clock
 * @param token a read with it sees the decision
 */
public record PeriodDecision(long number, AccountingPeriod period, PeriodState state,
    Optional<ReportHash> report, Optional<String> reason, Optional<String> proposedBy, String by, Instant at,
    WriteToken token) {}
