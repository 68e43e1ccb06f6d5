package io.neuronledger.command.report;

import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.command.usage.Correction;
import io.neuronledger.command.usage.UsageCorrections;
import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.UsageCorrection;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Corrections of usage reports over REST, by whoever reports for the provider, and by finance. */
@RestController
class CorrectionController {
  /** Larger than the longest correction. */
  static final int BODY_BYTES_MAX = 64 << 10;

  private static final String PATH = "/v1/usage/corrections";

  private final UsageCorrections corrections;
  private final WriteTokens tokens;

  CorrectionController(UsageCorrections corrections, WriteTokens tokens) {
    this.corrections = corrections;
    this.tokens = tokens;
  }

  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> correct(HttpServletRequest request, Caller caller) {
    Correction correction = correction(JsonBody.of(request, BODY_BYTES_MAX), caller);
    WalletAddress provider = correction.report().provider();
    if (!caller.reportsFor(provider) && !caller.scopes().contains(Scope.FINANCE_WRITE)) {
      throw new Refusal(ProblemCode.FOREIGN_PROVIDER, "the credential does not report for the provider " + provider
          + "; nothing was recorded");
    }
    Optional<UsageOutcome.Refused> refused = corrections.refused(correction);
    if (refused.isPresent()) {
      ProblemCode code = refused.get().code();
      return ResponseEntity.status(code.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(Refusal.view(code, refused.get().detail(), PATH, refused.get().expectedFee()));
    }
    return ResponseEntity.ok(view(corrections.correct(correction), correction));
  }

  private static Correction correction(JsonNode json, Caller caller) {
    StrictJsonObject fields = StrictJsonObject.of("a correction", json);
    Optional<StrictJsonObject> report = fields.object("report");
    Optional<StrictJsonObject> replacement = fields.optionalObject("replacement");
    Optional<String> reason = fields.reason("reason");
    fields.refuseUnknown();
    fields.check();
    UsageReport wrong = ReportReader.report(report.orElseThrow());
    Optional<UsageReport> right = replacement.map(ReportReader::report);
    Optional<Correction> correction =
        fields.create(() -> new Correction(wrong, right, reason.orElseThrow(), caller.subject()));
    fields.check();
    return correction.orElseThrow();
  }

  private UsageCorrection view(UsageEvent.UsageReversed stored, Correction correction) {
    Set<WalletAddress> owners = new HashSet<>(Set.of(stored.owner()));
    correction.replacement().map(UsageReport::owner).ifPresent(owners::add);
    return new UsageCorrection(stored.line().requestId(), stored.owner(), stored.provider(), stored.service(),
        stored.replacedBy(), stored.reason(), stored.by(), stored.at(), tokens.of(owners));
  }
}
