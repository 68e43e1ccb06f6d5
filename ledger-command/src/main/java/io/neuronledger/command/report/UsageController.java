package io.neuronledger.command.report;

import io.neuronledger.command.request.JsonBody;
import io.neuronledger.command.request.Problems;
import io.neuronledger.command.request.TooMuch;
import io.neuronledger.command.request.Unreadable;
import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.view.usage.UsageProblem;
import io.neuronledger.contracts.view.usage.UsageReceipt;
import io.neuronledger.contracts.view.usage.UsageReceipts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Usage reports over REST: one as an object, or 1 to {@link UsageReport#BATCH_MAX} as an array. */
@RestController
class UsageController {
  /** Larger than the longest possible batch. */
  static final int BODY_BYTES_MAX = 4 << 20;

  private final UsageRecorder recorder;
  private final ReportProgress progress;

  UsageController(UsageRecorder recorder, ReportProgress progress) {
    this.recorder = recorder;
    this.progress = progress;
  }

  @PostMapping(path = "/v1/usage", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> report(HttpServletRequest request) throws IOException {
    JsonNode json = JsonBody.of(request, BODY_BYTES_MAX);
    return json.isArray() ? batch(json) : single(json);
  }

  private ResponseEntity<?> batch(JsonNode json) {
    if (json.size() > UsageReport.BATCH_MAX) {
      throw new TooMuch("a batch has at most " + UsageReport.BATCH_MAX + " reports, not " + json.size());
    }
    if (json.isEmpty()) {
      throw new Unreadable("a batch has at least one report");
    }
    return ResponseEntity.ok(UsageReceipts.of(recorded(new ArrayList<>(json.values()))));
  }

  private ResponseEntity<?> single(JsonNode json) {
    UsageReceipt receipt = recorded(List.of(json)).getFirst();
    return receipt.problem().<ResponseEntity<?>>map(Problems::answer).orElseGet(() -> ResponseEntity
        .status(receipt.outcome() == UsageReceipt.Outcome.RECORDED ? HttpStatus.CREATED : HttpStatus.OK)
        .body(receipt));
  }

  /** One receipt per node. A malformed report does not prevent the others from being recorded. */
  private List<UsageReceipt> recorded(List<JsonNode> nodes) {
    List<Reading> readings = nodes.stream().map(Reading::of).toList();
    List<UsageReport> reports = readings.stream().flatMap(reading -> reading.report().stream()).toList();
    var recorded = recorder.record(reports).iterator();
    List<UsageReceipt> receipts = new ArrayList<>(nodes.size());
    List<UsageOutcome> outcomes = new ArrayList<>(nodes.size());
    for (Reading reading : readings) {
      UsageOutcome outcome = reading.refused().<UsageOutcome>map(refused -> refused).orElseGet(recorded::next);
      outcomes.add(outcome);
      receipts.add(receipt(reading.requestId(), outcome));
    }
    progress.count(outcomes);
    return receipts;
  }

  private static UsageProblem problem(UsageOutcome.Refused refused) {
    HttpStatus status = switch (refused.refusal()) {
      case MALFORMED_REPORT, NOT_A_USAGE_REPORT -> HttpStatus.BAD_REQUEST;
      case FEE_MISMATCH -> HttpStatus.UNPROCESSABLE_CONTENT;
      case REQUEST_ALREADY_REPORTED -> HttpStatus.CONFLICT;
    };
    return UsageProblem.of(refused.refusal().code(), refused.refusal().title(), status.value(), refused.detail(),
        refused.expectedFee());
  }

  private static UsageReceipt receipt(Optional<String> requestId, UsageOutcome outcome) {
    return switch (outcome) {
      case UsageOutcome.Recorded _ ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.RECORDED, Optional.empty());
      case UsageOutcome.Repeated _ ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.REPEATED, Optional.empty());
      case UsageOutcome.Refused refused ->
          new UsageReceipt(requestId, UsageReceipt.Outcome.REFUSED, Optional.of(problem(refused)));
    };
  }
}
