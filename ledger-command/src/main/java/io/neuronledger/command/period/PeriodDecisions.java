package io.neuronledger.command.period;

import io.neuronledger.command.resolution.Decisions;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.PartitionStream;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.contracts.event.AccountEvent.PeriodClosed;
import io.neuronledger.contracts.event.AccountEvent.PeriodClosingProposed;
import io.neuronledger.contracts.event.AccountEvent.PeriodEvent;
import io.neuronledger.contracts.event.AccountEvent.PeriodProposalRevoked;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopened;
import io.neuronledger.contracts.event.AccountEvent.PeriodReopeningProposed;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.period.PeriodDecision;
import io.neuronledger.contracts.view.period.PeriodState;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Records decisions about periods. A closing and a reopening are proposed by one person and approved by another; a
 * proposal can be revoked until then. An approval names the report and the number of the proposal, so that it is of
 * what the second person has read, and of nothing that took its place meanwhile. Repeating the last decision adds no
 * event. Whether the bytes of a report have its hash is known to ledger-query alone, which makes them: here a report is
 * held to what this service knows by itself.
 *
 * <p>Every method throws a {@link Refusal} where the decision is not possible, and a
 * {@code ConcurrencyException} if another one was recorded at the same time.
 */
public final class PeriodDecisions {
  private final PeriodStream stream;
  private final EventTable events;
  private final DeclaredDeployment deployment;
  private final UnitsOfWork units;
  private final WriteTokens tokens;
  private final Clock clock;

  public PeriodDecisions(PeriodStream stream, EventTable events, DeclaredDeployment deployment, UnitsOfWork units,
      WriteTokens tokens, Clock clock) {
    this.stream = stream;
    this.events = events;
    this.deployment = deployment;
    this.units = units;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Decides by what was decided before: the event to record. */
  private interface Deciding {
    PeriodEvent on(PeriodHistory history, Instant now);
  }

  /**
   * What a second person has read.
   *
   * @param report of the proposal
   * @param proposal its number
   */
  record Approval(ReportHash report, long proposal) {}

  PeriodDecision proposeClosing(AccountingPeriod period, FrozenReport report, Caller caller) {
    return decide(caller, (history, now) -> {
      PeriodEvent proposed = new PeriodClosingProposed(period, report, caller.subject(), now);
      requireNoOtherProposal(history, proposed);
      if (now.isBefore(period.until()) || report.blockTime().isBefore(period.until())) {
        throw new Refusal(ProblemCode.PERIOD_NOT_OVER, period + " ends at " + period.until()
            + ", and its report includes a block of that time or later");
      }
      requireNextToClose(period, report, history);
      requireKnown(report);
      return proposed;
    });
  }

  PeriodDecision approveClosing(AccountingPeriod period, Approval approval, Caller caller) {
    return decide(caller, (history, now) -> {
      if (history.last().filter(PeriodClosed.class::isInstance).map(PeriodClosed.class::cast)
          .filter(closed -> closed.period().equals(period) && closed.report().hash().equals(approval.report())
              && closed.by().equals(caller.subject()) && history.number() == approval.proposal() + 1).isPresent()) {
        return history.last().orElseThrow();
      }
      PeriodClosingProposed proposal = history.proposal().filter(PeriodClosingProposed.class::isInstance)
          .map(PeriodClosingProposed.class::cast)
          .filter(each -> each.period().equals(period) && each.report().hash().equals(approval.report())
              && history.number() == approval.proposal())
          .orElseThrow(() -> noProposal("to close " + period + " by this report and under this number"));
      Decisions.requireAnother(proposal.by(), caller);
      return new PeriodClosed(period, proposal.report(), proposal.by(), caller.subject(), now);
    });
  }

  PeriodDecision proposeReopening(AccountingPeriod period, String reason, Caller caller) {
    return decide(caller, (history, now) -> {
      Map.Entry<AccountingPeriod, FrozenReport> last = history.lastClosed().filter(_ -> history.isClosed(period))
          .orElseThrow(() -> new Refusal(ProblemCode.PERIOD_NOT_CLOSED, period + " is not closed"));
      if (!last.getKey().equals(period)) {
        throw new Refusal(ProblemCode.PERIOD_OUT_OF_ORDER,
            "the report of " + last.getKey() + ", the last closed period, builds on that of " + period);
      }
      PeriodEvent proposed = new PeriodReopeningProposed(period, last.getValue().hash(), reason, caller.subject(), now);
      requireNoOtherProposal(history, proposed);
      return proposed;
    });
  }

  PeriodDecision approveReopening(AccountingPeriod period, Approval approval, Caller caller) {
    return decide(caller, (history, now) -> {
      if (history.last().filter(PeriodReopened.class::isInstance).map(PeriodReopened.class::cast)
          .filter(opened -> opened.period().equals(period) && opened.report().equals(approval.report())
              && opened.by().equals(caller.subject()) && history.number() == approval.proposal() + 1).isPresent()) {
        return history.last().orElseThrow();
      }
      PeriodReopeningProposed proposal = history.proposal().filter(PeriodReopeningProposed.class::isInstance)
          .map(PeriodReopeningProposed.class::cast)
          .filter(each -> each.period().equals(period) && each.report().equals(approval.report())
              && history.number() == approval.proposal())
          .orElseThrow(() -> noProposal("to reopen " + period + ", closed by this report, under this number"));
      Decisions.requireAnother(proposal.by(), caller);
      return new PeriodReopened(period, proposal.report(), proposal.reason(), proposal.by(), caller.subject(), now);
    });
  }

  /** Withdraws the proposal that waits; whoever may approve it may also end it, alone. */
  PeriodDecision revokeProposal(AccountingPeriod period, String reason, Caller caller) {
    return decide(caller, (history, now) -> {
      PeriodEvent revoked = new PeriodProposalRevoked(period, reason, caller.subject(), now);
      if (history.last().filter(last -> isSame(last, revoked)).isEmpty()
          && history.proposal().filter(each -> each.period().equals(period)).isEmpty()) {
        throw noProposal("for " + period);
      }
      return revoked;
    });
  }

  private PeriodDecision decide(Caller caller, Deciding deciding) {
    Decisions.requirePerson(caller);
    deployment.require(PartitionStream.PARTITION_OF_PERIODS);
    PeriodHistory history = stream.read();
    PeriodEvent decision = deciding.on(history, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Optional<PeriodEvent> repeated = history.last().filter(last -> isSame(last, decision));
    if (repeated.isPresent()) {
      return view(repeated.get(), history);
    }
    units.run("decide-period", () -> {
      stream.append(history, decision);
      return decision;
    });
    history.apply(decision);
    return view(decision, history);
  }

  private static void requireNoOtherProposal(PeriodHistory history, PeriodEvent proposed) {
    history.proposal().filter(waiting -> !isSame(waiting, proposed)).ifPresent(waiting -> {
      throw new Refusal(ProblemCode.PROPOSAL_PENDING, waiting.by() + " has made one for " + waiting.period()
          + ": approve or revoke it first");
    });
  }

  private static void requireNextToClose(AccountingPeriod period, FrozenReport report, PeriodHistory history) {
    if (history.isClosed(period)) {
      throw new Refusal(ProblemCode.PERIOD_CLOSED, period + " is closed; reopen it first");
    }
    Optional<AccountingPeriod> last = history.lastClosed().map(Map.Entry::getKey);
    if (last.isPresent() && !last.get().next().equals(period)) {
      throw new Refusal(ProblemCode.PERIOD_OUT_OF_ORDER,
          last.get() + " is the last closed period, so that " + last.get().next() + " is the next one");
    }
    if (!report.previous().equals(history.lastClosed().map(each -> each.getValue().hash()))) {
      throw new Refusal(ProblemCode.PERIOD_REPORT_OUTDATED, "freeze the report again: it names as its previous report "
          + report.previous().map(ReportHash::value).orElse("none") + ", the last closed period has "
          + history.lastClosed().map(each -> each.getValue().hash().value()).orElse("none"));
    }
  }

  /** A report includes no event that this store does not have. */
  private void requireKnown(FrozenReport report) {
    Map<Integer, Long> heads = events.heads();
    boolean isKnown = report.positions().size() == heads.size() && heads.entrySet().stream()
        .allMatch(head -> report.positions().get(head.getKey()) <= head.getValue());
    if (!isKnown) {
      throw new Refusal(ProblemCode.PERIOD_REPORT_UNKNOWN, "it names positions that this ledger does not have");
    }
  }

  private static Refusal noProposal(String what) {
    return new Refusal(ProblemCode.PROPOSAL_NOT_FOUND, "nobody proposes " + what + " at present");
  }

  /** Whether they differ in their times alone. */
  private static boolean isSame(PeriodEvent before, PeriodEvent now) {
    return switch (before) {
      case PeriodClosingProposed(var period, var report, var by, _) ->
          now.equals(new PeriodClosingProposed(period, report, by, now.at()));
      case PeriodClosed(var period, var report, var proposedBy, var by, _) ->
          now.equals(new PeriodClosed(period, report, proposedBy, by, now.at()));
      case PeriodReopeningProposed(var period, var report, var reason, var by, _) ->
          now.equals(new PeriodReopeningProposed(period, report, reason, by, now.at()));
      case PeriodReopened(var period, var report, var reason, var proposedBy, var by, _) ->
          now.equals(new PeriodReopened(period, report, reason, proposedBy, by, now.at()));
      case PeriodProposalRevoked(var period, var reason, var by, _) ->
          now.equals(new PeriodProposalRevoked(period, reason, by, now.at()));
    };
  }

  private PeriodDecision view(PeriodEvent recorded, PeriodHistory after) {
    Optional<ReportHash> report = switch (recorded) {
      case PeriodClosingProposed proposed -> Optional.of(proposed.report().hash());
      case PeriodClosed closed -> Optional.of(closed.report().hash());
      case PeriodReopeningProposed proposed -> Optional.of(proposed.report());
      case PeriodReopened reopened -> Optional.of(reopened.report());
      case PeriodProposalRevoked _ -> Optional.empty();
    };
    Optional<String> reason = switch (recorded) {
      case PeriodReopeningProposed proposed -> Optional.of(proposed.reason());
      case PeriodReopened reopened -> Optional.of(reopened.reason());
      case PeriodProposalRevoked revoked -> Optional.of(revoked.reason());
      case PeriodClosingProposed _, PeriodClosed _ -> Optional.empty();
    };
    Optional<String> proposedBy = switch (recorded) {
      case PeriodClosed closed -> Optional.of(closed.proposedBy());
      case PeriodReopened reopened -> Optional.of(reopened.proposedBy());
      case PeriodClosingProposed _, PeriodReopeningProposed _, PeriodProposalRevoked _ -> Optional.empty();
    };
    return new PeriodDecision(after.number(), recorded.period(), state(recorded, after), report, reason, proposedBy,
        recorded.by(), recorded.at(), tokens.of(PartitionStream.PARTITION_OF_PERIODS));
  }

  private static PeriodState state(PeriodEvent recorded, PeriodHistory after) {
    return switch (recorded) {
      case PeriodClosingProposed _ -> PeriodState.CLOSING_PROPOSED;
      case PeriodClosed _ -> PeriodState.CLOSED;
      case PeriodReopeningProposed _ -> PeriodState.REOPENING_PROPOSED;
      case PeriodReopened _ -> PeriodState.REOPENED;
      case PeriodProposalRevoked _ -> after.state(recorded.period());
    };
  }
}
