package io.neuronledger.command.report;

import io.neuronledger.command.request.Unreadable;
import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRefusal;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageReport;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One JSON value of a request: a report, or why it is none.
 *
 * @param requestId as far as there is one
 */
record Reading(Optional<String> requestId, Optional<UsageReport> report, Optional<UsageOutcome.Refused> refused) {

  static Reading of(JsonNode node) {
    Optional<String> requestId = requestId(node.path("request_id"));
    try {
      return new Reading(requestId, Optional.of(ReportReader.report(node)), Optional.empty());
    } catch (Unreadable e) {
      return new Reading(requestId, Optional.empty(),
          Optional.of(new UsageOutcome.Refused(UsageRefusal.MALFORMED_REPORT, e.detail(), Optional.empty())));
    }
  }

  /** Nothing that is no request id is told back: it may have any length, and characters that no answer can hold. */
  private static Optional<String> requestId(JsonNode node) {
    try {
      return node.isString() ? Optional.of(RequestId.of(node.stringValue()).value()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
