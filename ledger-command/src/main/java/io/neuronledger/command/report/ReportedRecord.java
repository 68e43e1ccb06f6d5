package io.neuronledger.command.report;

import io.neuronledger.command.request.JsonBody;
import io.neuronledger.command.request.Unreadable;
import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRefusal;
import io.neuronledger.contracts.usage.UsageReport;
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
    } catch (Unreadable e) {
      return malformed(origin, UsageRefusal.NOT_A_USAGE_REPORT, e);
    }
    try {
      if (origin.value() == null) {
        throw new Unreadable("the record has no value");
      }
      return new Valid(origin, ReportReader.report(JsonBody.parse(origin.value())));
    } catch (Unreadable e) {
      return malformed(origin, UsageRefusal.MALFORMED_REPORT, e);
    }
  }

  private static ReportedRecord malformed(ConsumerRecord<byte[], byte[]> origin, UsageRefusal refusal,
      Unreadable e) {
    return new Malformed(origin, new UsageOutcome.Refused(refusal, e.detail(), Optional.empty()));
  }
}
