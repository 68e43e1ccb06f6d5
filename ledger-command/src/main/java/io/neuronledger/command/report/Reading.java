package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of reading one JSON value of a request: the report, or the refusal.
 *
 * @param requestId empty unless the value has a valid one
 */
record Reading(Optional<String> requestId, Optional<UsageReport> report, Optional<UsageOutcome.Refused> refused) {

  static Reading of(JsonNode node) {
    Optional<String> requestId = requestId(node.path("request_id"));
    try {
      return new Reading(requestId, Optional.of(ReportReader.report(node)), Optional.empty());
    } catch (Refusal e) {
      return new Reading(requestId, Optional.empty(),
          Optional.of(new UsageOutcome.Refused(ProblemCode.MALFORMED_REPORT, e.detail(), Optional.empty())));
    }
  }

  /** The request id if valid. An invalid one is not returned: it may have any length and any characters. */
  private static Optional<String> requestId(JsonNode node) {
    try {
      return node.isString() ? Optional.of(RequestId.of(node.stringValue()).value()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
