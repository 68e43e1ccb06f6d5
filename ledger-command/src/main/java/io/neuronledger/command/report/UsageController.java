package io.neuronledger.command.report;

import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.UsageReceipt;
import io.neuronledger.contracts.view.usage.UsageReceipts;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Usage reports over REST: one as an object, or 1 to {@link UsageReport#BATCH_MAX} as an array, by two operations. */
@RestController
class UsageController {
  /** Larger than the longest possible batch. */
  static final int BODY_BYTES_MAX = 4 << 20;

  private static final String ONE = "/v1/usage";
  private static final String BATCH = "/v1/usage/batch";

  private final UsageRecorder recorder;
  private final ReportProgress progress;
  private final WriteTokens tokens;

  UsageController(UsageRecorder recorder, ReportProgress progress, WriteTokens tokens) {
    this.tokens = tokens;
    this.recorder = recorder;
    this.progress = progress;
  }

  @PostMapping(path = BATCH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  UsageReceipts reportBatch(HttpServletRequest request, Caller caller) {
    JsonNode json = JsonBody.of(request, BODY_BYTES_MAX);
    if (!json.isArray()) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "a batch is an array of reports; one report goes to " + ONE);
    }
    if (json.size() > UsageReport.BATCH_MAX) {
      throw new Refusal(ProblemCode.TOO_MUCH_AT_ONCE, "a batch has at most " + UsageReport.BATCH_MAX + " reports, not "
          + json.size());
    }
    if (json.isEmpty()) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "a batch has at least one report");
    }
    Answered answered = recorded(new ArrayList<>(json.values()), BATCH, caller);
    return UsageReceipts.of(answered.receipts(), answered.token());
  }

  @PostMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> report(HttpServletRequest request, Caller caller) {
    JsonNode json = JsonBody.of(request, BODY_BYTES_MAX);
    if (json.isArray()) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, "a report is an object; several go to " + BATCH);
    }
    Answered answered = recorded(List.of(json), ONE, caller);
    UsageReceipt receipt = answered.receipts().getFirst();
    return receipt.problem().<ResponseEntity<?>>map(problem -> ResponseEntity.status(problem.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem)).orElseGet(() -> ResponseEntity
        .status(receipt.outcome() == UsageReceipt.Outcome.RECORDED ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new UsageReceipt(receipt.requestId(), receipt.outcome(), receipt.problem(), answered.token())));
  }

  /** @param token for the reports that are in the ledger; empty if there is none */
  private record Answered(List<UsageReceipt> receipts, Optional<WriteToken> token) {}

  /**
   * One receipt per node. A malformed report does not prevent the others from being recorded.
   *
   * @throws Refusal if a report is of a provider for whom the caller does not report; nothing is recorded then
   */
  private Answered recorded(List<JsonNode> nodes, String path, Caller caller) {
    List<Reading> readings = nodes.stream().map(Reading::of).toList();
    List<UsageReport> reports = readings.stream().flatMap(reading -> reading.report().stream()).toList();
    for (UsageReport report : reports) {
      if (!caller.reportsFor(report.provider())) {
        throw new Refusal(ProblemCode.FOREIGN_PROVIDER, "the credential does not report for the provider "
            + report.provider() + "; nothing was recorded");
      }
    }
    var recorded = recorder.record(reports).iterator();
    List<UsageReceipt> receipts = new ArrayList<>(nodes.size());
    List<UsageOutcome> outcomes = new ArrayList<>(nodes.size());
    Set<WalletAddress> owners = new HashSet<>();
    for (Reading reading : readings) {
      UsageOutcome outcome = reading.refused().<UsageOutcome>map(refused -> refused).orElseGet(recorded::next);
      outcomes.add(outcome);
      reading.report().filter(_ -> !(outcome instanceof UsageOutcome.Refused))
          .ifPresent(report -> owners.add(report.owner()));
      receipts.add(receipt(reading.requestId(), path, outcome));
    }
    progress.count(outcomes);
    return new Answered(receipts, owners.isEmpty() ? Optional.empty() : Optional.of(tokens.of(owners)));
  }

  private static UsageReceipt receipt(Optional<String> requestId, String path, UsageOutcome outcome) {
    return switch (outcome) {
      case UsageOutcome.Recorded _ ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.RECORDED, Optional.empty(), Optional.empty());
      case UsageOutcome.Repeated _ ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.REPEATED, Optional.empty(), Optional.empty());
      case UsageOutcome.Refused refused ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.REFUSED,
              Optional.of(Refusal.view(refused.code(), refused.detail(), path, refused.expectedFee())),
              Optional.empty());
    };
  }
}
