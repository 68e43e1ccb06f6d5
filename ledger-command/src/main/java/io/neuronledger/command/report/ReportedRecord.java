package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the topic with its report, or with the refusal. */
sealed interface ReportedRecord {
  ConsumerRecord<byte[], byte[]> origin();

  /** The record is a report. */
  record Valid(ConsumerRecord<byte[], byte[]> origin, UsageReport report) implements ReportedRecord {}

  /** The record is not a report. */
  record Malformed(ConsumerRecord<byte[], byte[]> origin, UsageOutcome.Refused refused)
      implements ReportedRecord {}

  static ReportedRecord of(ConsumerRecord<byte[], byte[]> origin) {
    try {
      CloudEventHeaders.requireUsageReport(origin.headers());
    } catch (Refusal e) {
      return malformed(origin, ProblemCode.NOT_A_USAGE_REPORT, e);
    }
    try {
      if (origin.value() == null) {
        throw new Refusal(ProblemCode.MALFORMED_REQUEST, "the record has no value");
      }
      return new Valid(origin, ReportReader.report(JsonBody.parse(origin.value())));
    } catch (Refusal e) {
      return malformed(origin, ProblemCode.MALFORMED_REPORT, e);
    }
  }

  private static ReportedRecord malformed(ConsumerRecord<byte[], byte[]> origin, ProblemCode refusal,
      Refusal e) {
    return new Malformed(origin, new UsageOutcome.Refused(refusal, e.detail(), Optional.empty()));
  }
}
