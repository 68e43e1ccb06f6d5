package io.neuronledger.query.intake;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.query.partition.change.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches. If the database refuses the values of a record (a name too long for an index, a number out of range),
 * it writes the one partition's batch record by record and treats the refused record as poison: only its owner is
 * quarantined.
 */
final class PoisonIsolatingWriter {
  private static final Logger log = LoggerFactory.getLogger(PoisonIsolatingWriter.class);
  private static final List<String> REFUSALS = List.of("22", "23", "54");

  private final BatchWriter writer;

  PoisonIsolatingWriter(BatchWriter writer) {
    this.writer = writer;
  }

  /**
   * As {@link BatchWriter#write}; safe to call again after any failure.
   *
   * @throws DataAccessException also for refused values if there are several batches: each is then to be written alone
   */
  List<CommittedBatch> write(List<PartitionBatch<AccountRecord>> batches) {
    try {
      return List.of(writer.write(batches));
    } catch (DataAccessException e) {
      if (batches.size() > 1 || !refusesValues(e)) {
        throw e;
      }
      log.warn("the database refuses a batch; writing it record by record", e);
      return oneByOne(batches.getFirst());
    }
  }

  private List<CommittedBatch> oneByOne(PartitionBatch<AccountRecord> batch) {
    List<CommittedBatch> committed = new ArrayList<>();
    long nextSeq = batch.nextSeq();
    for (Delivered<AccountRecord> next : batch.records()) {
      CommittedBatch one = write(next,
          new PartitionBatch<>(batch.partition(), nextSeq, List.of(next), Optional.empty()));
      committed.add(one);
      Partition now = one.partitions().getFirst();
      if (now.stopped().isPresent()) {
        return committed;
      }
      nextSeq = now.nextSeq();
    }
    if (batch.halt().isPresent()) {
      committed.add(
          writer.write(List.of(new PartitionBatch<>(batch.partition(), nextSeq, List.of(), batch.halt()))));
    }
    return committed;
  }

  private CommittedBatch write(Delivered<AccountRecord> next, PartitionBatch<AccountRecord> one) {
    try {
      return writer.write(List.of(one));
    } catch (DataAccessException e) {
      if (!refusesValues(e)) {
        throw e;
      }
      Delivered<AccountRecord> refused = new Delivered<>(next.seq(), next.offset(), next.owner(), next.value(),
          new ParsedRecord.Malformed<>(RefusedValue.describe(e, next.value()), OptionalLong.of(next.seq())));
      return writer.write(List.of(new PartitionBatch<>(one.partition(), one.nextSeq(), List.of(refused), one.halt())));
    }
  }

  /** Data exceptions, constraint violations and exceeded limits: a retry of the same record fails again. */
  private static boolean refusesValues(DataAccessException failure) {
    return REFUSALS.stream().anyMatch(failure.sqlState()::startsWith);
  }
}
