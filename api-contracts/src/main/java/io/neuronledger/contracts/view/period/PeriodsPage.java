package io.neuronledger.contracts.view.period;

import java.util.List;

/**
 * The periods that were frozen, or that anybody has decided about.
 *
 * @param periods newest first
 */
public record PeriodsPage(List<PeriodView> periods) {}
