package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRefusal;
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
    Optional<String> requestId = Optional.of(node.path("request_id")).filter(JsonNode::isString)
        .map(JsonNode::stringValue);
    try {
      return new Reading(requestId, Optional.of(ReportReader.report(node)), Optional.empty());
    } catch (Unreadable e) {
      return new Reading(requestId, Optional.empty(),
          Optional.of(new UsageOutcome.Refused(UsageRefusal.MALFORMED_REPORT, e.detail(), Optional.empty())));
    }
  }
}
