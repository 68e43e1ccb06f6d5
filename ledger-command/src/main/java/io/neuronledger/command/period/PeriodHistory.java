package io.neuronledger.command.period;

import io.neuronledger.contracts.event.AccountEvent.PeriodClosed;
import io.neuronledger.contracts.event.AccountEvent.PeriodClosingProposed;
import io.neuronledger.contracts.event.AccountEvent.PeriodEvent;
import io.neuronledger.contracts.event.AccountEvent.PeriodProposalRevoked;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopened;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopeningProposed;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.view.period.PeriodState;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all decisions about periods have come to. At most one proposal waits at a time, of all periods: what it is about
 * depends on the last closed one.
 */
final class PeriodHistory {
  private final SortedMap<AccountingPeriod, FrozenReport> closed = new TreeMap<>();
  private final Set<AccountingPeriod> reopened = new HashSet<>();
  private Optional<PeriodEvent> proposal = Optional.empty();
  private Optional<PeriodEvent> last = Optional.empty();
  private long number;

  void apply(PeriodEvent event) {
    last = Optional.of(event);
    number++;
    switch (event) {
      case PeriodClosingProposed _, PeriodReopeningProposed _ -> proposal = Optional.of(event);
      case PeriodClosed closing -> {
        closed.put(closing.period(), closing.report());
        proposal = Optional.empty();
      }
      case PeriodReopened reopening -> {
        closed.remove(reopening.period());
        reopened.add(reopening.period());
        proposal = Optional.empty();
      }
      case PeriodProposalRevoked _ -> proposal = Optional.empty();
    }
  }

  /** The proposal that waits for its approval. */
  Optional<PeriodEvent> proposal() {
    return proposal;
  }

  /** That of the newest decision, from 1; of a proposal that waits, since nothing else is decided meanwhile. */
  long number() {
    return number;
  }

  /** The newest decision of all. */
  Optional<PeriodEvent> last() {
    return last;
  }

  /** The last closed period, with the report that it is closed by. */
  Optional<Map.Entry<AccountingPeriod, FrozenReport>> lastClosed() {
    return closed.isEmpty() ? Optional.empty() : Optional.of(closed.lastEntry());
  }

  /** What it is while nothing is proposed for it. */
  PeriodState state(AccountingPeriod period) {
    return isClosed(period) ? PeriodState.CLOSED : reopened.contains(period) ? PeriodState.REOPENED : PeriodState.OPEN;
  }

  boolean isClosed(AccountingPeriod period) {
    return closed.containsKey(period);
  }
}
