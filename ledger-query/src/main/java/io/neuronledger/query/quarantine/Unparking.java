package io.neuronledger.query.quarantine;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RecordParser;
import io.neuronledger.query.intake.RefusedValue;
import io.neuronledger.query.partition.ParkedRecords;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Processes an owner's parked records in order, in one transaction: all of them or none. */
public final class Unparking {
  private final DSLContext writer;
  private final PartitionStore partitionStore;
  private final Partitions partitions;
  private final RecordParser<AccountRecord> parser;
  private final List<Projection> projections;

  public Unparking(DSLContext writer, PartitionStore partitionStore, Partitions partitions,
      RecordParser<AccountRecord> parser, List<Projection> projections) {
    this.writer = writer;
    this.partitionStore = partitionStore;
    this.partitions = partitions;
    this.parser = parser;
    this.projections = List.copyOf(projections);
  }

  /** The outcome of an attempt. */
  sealed interface Outcome {
    /** @param records the number of records processed */
    record Released(int records) implements Outcome {}

    /** @param seq the seq of the first record that still fails */
    record StillParked(long seq, String reason) implements Outcome {}
  }

  /** Rolls the transaction back: the records before this one are not processed either. */
  private static final class Unprocessable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long seq;
    private final String reason;

    Unprocessable(long seq, String reason) {
      super(reason);
      this.seq = seq;
      this.reason = reason;
    }
  }

  /** Safe to repeat. The lock on the partition ensures that no record of the owner is parked meanwhile. */
  Outcome release(WalletAddress owner) {
    try {
      return writer.transactionResult(transaction -> release(owner, transaction.dsl()));
    } catch (Unprocessable e) {
      return new Outcome.StillParked(e.seq, e.reason);
    }
  }

  private Outcome release(WalletAddress owner, DSLContext db) {
    int partition = partitions.of(owner);
    partitionStore.lock(List.of(partition), db);
    List<ParkedRecords.Parked> parked = ParkedRecords.of(owner, db);
    List<LedgerEventRecord> lines = new ArrayList<>();
    List<UsageEventRecord> usageEvents = new ArrayList<>();
    for (ParkedRecords.Parked record : parked) {
      AccountRecord accountRecord = read(owner, record);
      switch (accountRecord.event()) {
        case LedgerEvent event ->
            lines.add(new LedgerEventRecord(accountRecord, event, record.markSeq(), false));
        case UsageEvent event -> usageEvents.add(new UsageEventRecord(accountRecord, event));
        case PartitionEvent _, AccountEvent.PeriodEvent _ ->
            throw new Unprocessable(record.seq(), "it is no event of this owner");
      }
    }
    // Release first: matching covers the records that the owner's answers show from now on.
    ParkedRecords.release(owner, db);
    project(new Batch(Set.of(partition), List.of(), ParkedRecords.marked(partition, lines, db), usageEvents, List.of(),
        List.of(), List.of()), parked, db);
    return new Outcome.Released(parked.size());
  }

  private void project(Batch batch, List<ParkedRecords.Parked> parked, DSLContext db) {
    try {
      projections.forEach(projection -> projection.project(batch, db));
    } catch (DataAccessException e) {
      throw new Unprocessable(parked.getFirst().seq(),
          "one of the parked records fails: " + RefusedValue.describe(e, parked.getFirst().value()));
    }
  }

  private AccountRecord read(WalletAddress owner, ParkedRecords.Parked parked) {
    return switch (parser.parse(parked.value().bytes())) {
      case ParsedRecord.Valid<AccountRecord>(AccountRecord record)
          when record.seq() == parked.seq() && record.partition() == parked.partition()
              && record.owner().equals(Optional.of(owner)) -> record;
      case ParsedRecord.Valid<AccountRecord> _ -> throw new Unprocessable(parked.seq(), "it is no event of this owner");
      case ParsedRecord.Malformed<AccountRecord> malformed ->
          throw new Unprocessable(parked.seq(), malformed.reason());
    };
  }
}
