package io.neuronledger.contracts.view.period;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import java.time.Instant;

/**
 * A report whose bytes are kept.
 *
 * @param report what a closing names
 * @param frozenBy who asked for it first
 * @param frozenAt when, by the service's clock
 */
public record FrozenReportAnswer(AccountingPeriod period, FrozenReport report, String frozenBy, Instant frozenAt) {}
