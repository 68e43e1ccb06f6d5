package io.neuronledger.command.partition;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.quarantine.Quarantine.ParkedRecord;
import io.neuronledger.command.quarantine.Quarantine.QuarantinedOwner;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RecordParser;
import java.util.List;
import org.axonframework.common.caching.Cache;

/**
 * Replays an owner's parked records in order, each with the lock periods in force at its own position: all of them, or
 * none if one is still malformed.
 */
public final class QuarantineRelease {
  private final PartitionTransactions transactions;
  private final RecordParser<ChainRecord> parser;
  private final Quarantine quarantine;
  private final ServiceTermsTable terms;
  private final Cache aggregates;

  /** The result for one owner in quarantine. */
  public sealed interface Outcome {
    WalletAddress owner();

    /** @param records the number of parked records that are recorded now */
    record Released(WalletAddress owner, int records) implements Outcome {}

    /** @param seq of the first malformed record */
    record StillParked(WalletAddress owner, long seq, String reason) implements Outcome {}
  }

  /** Rolls the transaction back, with the records replayed before it. */
  private static final class StillMalformed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long seq;

    StillMalformed(long seq, String reason) {
      super(reason);
      this.seq = seq;
    }
  }

  public QuarantineRelease(PartitionTransactions transactions, RecordParser<ChainRecord> parser, Quarantine quarantine,
      ServiceTermsTable terms, Cache aggregates) {
    this.transactions = transactions;
    this.parser = parser;
    this.quarantine = quarantine;
    this.terms = terms;
    this.aggregates = aggregates;
  }

  /** Idempotent. */
  public Outcome release(QuarantinedOwner owner) {
    try {
      return transactions.claim(owner.partition(), (unit, recorder) -> release(owner, unit, recorder));
    } catch (StillMalformed e) {
      return new Outcome.StillParked(owner.owner(), e.seq, String.valueOf(e.getMessage()));
    } finally {
      // Another instance may have the partition and go on writing to the owner: keep no aggregate of it here.
      aggregates.remove(LedgerAggregate.idOf(owner.owner()));
    }
  }

  private Outcome release(QuarantinedOwner quarantined, PartitionUnitOfWork unit, ChainEventRecorder recorder) {
    WalletAddress owner = quarantined.owner();
    int partition = quarantined.partition();
    if (!quarantine.owners(partition).contains(owner)) {
      return new Outcome.Released(owner, 0);
    }
    // Another instance may have written to it since it was cached.
    aggregates.remove(LedgerAggregate.idOf(owner));
    List<ParkedRecord> records = quarantine.parked(owner);
    for (ParkedRecord parked : records) {
      ChainRecord chainRecord = read(parked);
      if (!(chainRecord.event() instanceof ChainEvent.OwnerFact fact) || !fact.owner().equals(owner)) {
        throw new StillMalformed(parked.seq(), "the record does not concern " + owner);
      }
      unit.record(fact, chainRecord.cause(), terms.before(partition, parked.seq()));
      quarantine.markReleased(partition, parked.seq());
    }
    recorder.release(owner);
    recorder.repeatSeal();
    return new Outcome.Released(owner, records.size());
  }

  private ChainRecord read(ParkedRecord parked) {
    return switch (parser.parse(parked.value().bytes())) {
      case ParsedRecord.Valid<ChainRecord> valid -> valid.value();
      case ParsedRecord.Malformed<ChainRecord> malformed -> throw new StillMalformed(parked.seq(), malformed.reason());
    };
  }
}
