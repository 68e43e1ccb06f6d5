package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The records of one poll: records their reports, then builds a copy of each refused record with the reason. */
final class ReportBatch {
  /** Of key, value and headers. A report within its limits is smaller than a hundredth of it. */
  static final int COPIED_BYTES_MAX = 512 << 10;

  private final List<ReportedRecord> records = new ArrayList<>();

  ReportBatch(List<ConsumerRecord<byte[], byte[]>> polled) {
    polled.forEach(each -> records.add(ReportedRecord.of(each)));
  }

  /**
   * Records all reports, {@link UsageReport#BATCH_MAX} at a time. Idempotent.
   *
   * @return the copies for {@link Topics#USAGE_REJECTS}, and one outcome per record
   */
  Result record(UsageRecorder recorder) {
    List<UsageOutcome> outcomes = new ArrayList<>(records.size());
    List<ProducerRecord<byte[], byte[]>> rejects = new ArrayList<>();
    for (int from = 0; from < records.size(); from += UsageReport.BATCH_MAX) {
      List<ReportedRecord> part = records.subList(from, Math.min(records.size(), from + UsageReport.BATCH_MAX));
      List<UsageReport> reports = part.stream()
          .filter(ReportedRecord.Valid.class::isInstance)
          .map(each -> ((ReportedRecord.Valid) each).report())
          .toList();
      var recorded = recorder.record(reports).iterator();
      for (ReportedRecord each : part) {
        UsageOutcome outcome = switch (each) {
          case ReportedRecord.Valid _ -> recorded.next();
          case ReportedRecord.Malformed malformed -> malformed.refused();
        };
        outcomes.add(outcome);
        if (outcome instanceof UsageOutcome.Refused refused) {
          rejects.add(reject(each.origin(), refused));
        }
      }
    }
    return new Result(outcomes, rejects);
  }

  record Result(List<UsageOutcome> outcomes, List<ProducerRecord<byte[], byte[]>> rejects) {}

  /**
   * A copy of the record with the reason in headers. For a record larger than any report, without its key, value and
   * headers: a full copy could exceed the topic's record limit, and then no later record would be recorded.
   */
  private static ProducerRecord<byte[], byte[]> reject(ConsumerRecord<byte[], byte[]> origin,
      UsageOutcome.Refused refused) {
    int size = sizeOf(origin);
    ProducerRecord<byte[], byte[]> copy = size <= COPIED_BYTES_MAX
        ? new ProducerRecord<>(Topics.USAGE_REJECTS, null, origin.key(), origin.value(), origin.headers())
        : new ProducerRecord<>(Topics.USAGE_REJECTS, new byte[0]);
    Headers headers = copy.headers();
    if (size > COPIED_BYTES_MAX) {
      headers.add("left_out_bytes", utf8(String.valueOf(size)));
    }
    headers.add("refusal", utf8(refused.code().code()));
    headers.add("refusal_detail", utf8(refused.detail()));
    refused.expectedFee().ifPresent(fee -> headers.add("expected_fee", utf8(fee.toString())));
    headers.add("refused_partition", utf8(String.valueOf(origin.partition())));
    headers.add("refused_offset", utf8(String.valueOf(origin.offset())));
    return copy;
  }

  private static int sizeOf(ConsumerRecord<byte[], byte[]> origin) {
    int size = lengthOf(origin.key()) + lengthOf(origin.value());
    for (Header header : origin.headers()) {
      size += header.key().length() + lengthOf(header.value());
    }
    return size;
  }

  private static int lengthOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
