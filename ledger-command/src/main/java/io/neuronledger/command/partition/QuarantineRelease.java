package io.neuronledger.command.partition;

import io.neuronledger.command.account.LedgerAggregate;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.quarantine.Quarantine.Parked;
import io.neuronledger.command.quarantine.Quarantine.Quarantined;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import org.axonframework.common.caching.Cache;

/**
 * Records what waited of an owner, in the order in which it came and by the terms of its own place: all of it or, if
 * something still cannot be understood, nothing.
 */
public final class QuarantineRelease {
  private final PartitionTransactions work;
  private final ChainRecordReader reader;
  private final Quarantine quarantine;
  private final ServiceTermsTable terms;
  private final Cache aggregates;

  /** What became of an owner in quarantine. */
  public sealed interface Outcome {
    WalletAddress owner();

    /** @param records how many waited and are recorded now */
    record Released(WalletAddress owner, int records) implements Outcome {}

    /** @param seq of the first record that cannot be understood */
    record StillParked(WalletAddress owner, long seq, String reason) implements Outcome {}
  }

  /** Ends the transaction: nothing of what came before it is recorded either. */
  private static final class StillNotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long seq;

    StillNotUnderstood(long seq, String reason) {
      super(reason);
      this.seq = seq;
    }
  }

  public QuarantineRelease(PartitionTransactions work, ChainRecordReader reader, Quarantine quarantine,
      ServiceTermsTable terms,
      Cache aggregates) {
    this.work = work;
    this.reader = reader;
    this.quarantine = quarantine;
    this.terms = terms;
    this.aggregates = aggregates;
  }

  /** Safe to repeat. */
  public Outcome release(Quarantined owner) {
    try {
      return work.take(owner.partition(), (unit, recorder) -> release(owner, unit, recorder));
    } catch (StillNotUnderstood e) {
      return new Outcome.StillParked(owner.owner(), e.seq, String.valueOf(e.getMessage()));
    } finally {
      // The partition may be another instance's, which goes on writing to the owner: nothing of it is kept here.
      aggregates.remove(LedgerAggregate.idOf(owner.owner()));
    }
  }

  private Outcome release(Quarantined quarantined, PartitionUnitOfWork unit, ChainEventRecorder recorder) {
    WalletAddress owner = quarantined.owner();
    int partition = quarantined.partition();
    if (!quarantine.owners(partition).contains(owner)) {
      return new Outcome.Released(owner, 0);
    }
    // Another instance may have written to it since.
    aggregates.remove(LedgerAggregate.idOf(owner));
    List<Parked> waiting = quarantine.waiting(owner);
    for (Parked parked : waiting) {
      ChainRecord chainRecord = understood(parked);
      if (!(chainRecord.event() instanceof ChainEvent.OwnerFact fact) || !fact.owner().equals(owner)) {
        throw new StillNotUnderstood(parked.seq(), "it does not concern " + owner);
      }
      unit.record(fact, chainRecord.cause(), terms.before(partition, parked.seq()));
      quarantine.released(partition, parked.seq());
    }
    recorder.release(owner);
    return new Outcome.Released(owner, waiting.size());
  }

  private ChainRecord understood(Parked parked) {
    return switch (reader.read(parked.value().bytes())) {
      case Reading.Understood understood -> understood.chainRecord();
      case Reading.NotUnderstood not -> throw new StillNotUnderstood(parked.seq(), not.reason());
    };
  }
}
