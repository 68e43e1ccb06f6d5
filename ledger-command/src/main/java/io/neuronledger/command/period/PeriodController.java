package io.neuronledger.command.period;

import io.neuronledger.command.resolution.Decisions;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.view.period.PeriodDecision;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records what people decide about a period. */
@RestController
@RequestMapping(path = "/v1/periods/{period}", produces = MediaType.APPLICATION_JSON_VALUE)
class PeriodController {
  /** Larger than the longest decision: a report of 1,024 partitions, or a reason of 2,000 characters. */
  static final int BODY_BYTES_MAX = 64 << 10;

  private final PeriodDecisions decisions;

  PeriodController(PeriodDecisions decisions) {
    this.decisions = decisions;
  }

  @PostMapping(path = "/closing", consumes = MediaType.APPLICATION_JSON_VALUE)
  PeriodDecision proposeClosing(@PathVariable String period, HttpServletRequest request, Caller caller) {
    AccountingPeriod closed = period(period);
    FrozenReport report = report(body(request));
    return Decisions.recorded(() -> decisions.proposeClosing(closed, report, caller));
  }

  @PostMapping(path = "/closing/approval", consumes = MediaType.APPLICATION_JSON_VALUE)
  PeriodDecision approveClosing(@PathVariable String period, HttpServletRequest request, Caller caller) {
    AccountingPeriod closed = period(period);
    PeriodDecisions.Approval approval = approval(body(request));
    return Decisions.recorded(() -> decisions.approveClosing(closed, approval, caller));
  }

  @PostMapping(path = "/reopening", consumes = MediaType.APPLICATION_JSON_VALUE)
  PeriodDecision proposeReopening(@PathVariable String period, HttpServletRequest request, Caller caller) {
    AccountingPeriod opened = period(period);
    String reason = reason(body(request));
    return Decisions.recorded(() -> decisions.proposeReopening(opened, reason, caller));
  }

  @PostMapping(path = "/reopening/approval", consumes = MediaType.APPLICATION_JSON_VALUE)
  PeriodDecision approveReopening(@PathVariable String period, HttpServletRequest request, Caller caller) {
    AccountingPeriod opened = period(period);
    PeriodDecisions.Approval approval = approval(body(request));
    return Decisions.recorded(() -> decisions.approveReopening(opened, approval, caller));
  }

  @PostMapping(path = "/revocation", consumes = MediaType.APPLICATION_JSON_VALUE)
  PeriodDecision revokeProposal(@PathVariable String period, HttpServletRequest request, Caller caller) {
    AccountingPeriod proposed = period(period);
    String reason = reason(body(request));
    return Decisions.recorded(() -> decisions.revokeProposal(proposed, reason, caller));
  }

  private static AccountingPeriod period(String text) {
    try {
      return AccountingPeriod.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "period", String.valueOf(e.getMessage()));
    }
  }

  private static StrictJsonObject body(HttpServletRequest request) {
    return StrictJsonObject.of("a decision", JsonBody.of(request, BODY_BYTES_MAX));
  }

  private static String reason(StrictJsonObject fields) {
    Optional<String> reason = fields.reason("reason");
    checked(fields);
    return reason.orElseThrow();
  }

  private static PeriodDecisions.Approval approval(StrictJsonObject fields) {
    Optional<ReportHash> report = fields.text("report", ReportHash::new);
    Optional<Long> proposal = fields.count("proposal");
    checked(fields);
    return new PeriodDecisions.Approval(report.orElseThrow(), proposal.orElseThrow());
  }

  /** As {@code POST /v1/periods/{period}/reports} of ledger-query answers it. */
  private static FrozenReport report(StrictJsonObject fields) {
    Optional<StrictJsonObject> found = fields.object("report");
    Optional<FrozenReport> report = found.flatMap(PeriodController::reportOf);
    checked(fields);
    return report.orElseThrow();
  }

  private static Optional<FrozenReport> reportOf(StrictJsonObject fields) {
    Optional<ReportHash> hash = fields.text("hash", ReportHash::new);
    Optional<ReportHash> previous = fields.optionalText("previous", ReportHash::new);
    Optional<Long> block = fields.count("block");
    Optional<Hash> blockHash = fields.text("block_hash", Hash::parse);
    Optional<Instant> blockTime = fields.text("block_time", PeriodController::time);
    Optional<Boolean> finalized = fields.flag("finalized");
    Optional<List<Long>> positions = fields.counts("positions");
    fields.refuseUnknown();
    if (hash.isEmpty() || block.isEmpty() || blockHash.isEmpty() || blockTime.isEmpty() || finalized.isEmpty()
        || positions.isEmpty()) {
      return Optional.empty();
    }
    return fields.create(() -> new FrozenReport(hash.get(), previous, block.get(), blockHash.get(), blockTime.get(),
        finalized.get(), positions.get()));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-11-01T00:00:03Z", e);
    }
  }

  private static void checked(StrictJsonObject fields) {
    fields.refuseUnknown();
    fields.check();
  }
}
