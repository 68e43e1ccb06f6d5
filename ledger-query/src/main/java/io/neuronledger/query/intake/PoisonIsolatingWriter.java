package io.neuronledger.query.intake;

import io.neuronledger.query.partition.Received;
import io.neuronledger.query.partition.change.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches. If the database refuses the values of a record (a name too long for an index, a number out of range),
 * it writes the batch record by record and treats the refused record as poison: only its owner is quarantined.
 */
public final class PoisonIsolatingWriter {
  private static final Logger log = LoggerFactory.getLogger(PoisonIsolatingWriter.class);
  private static final List<String> REFUSALS = List.of("22", "23", "54");

  private final BatchWriter writer;

  public PoisonIsolatingWriter(BatchWriter writer) {
    this.writer = writer;
  }

  /** As {@link BatchWriter#write}; safe to call again after any failure. */
  public List<CommittedBatch> write(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs) {
    try {
      return List.of(writer.write(records, expectedSeqs));
    } catch (DataAccessException e) {
      if (!refusesValues(e)) {
        throw e;
      }
      log.warn("the database refuses a batch; writing it record by record", e);
      return oneByOne(records, new HashMap<>(expectedSeqs));
    }
  }

  private List<CommittedBatch> oneByOne(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs) {
    List<CommittedBatch> committed = new ArrayList<>();
    records.forEach((partition, received) -> {
      for (Received next : received) {
        CommittedBatch one = write(partition, next, expectedSeqs);
        committed.add(one);
        Partition now = one.partitions().getFirst();
        expectedSeqs.put(partition, now.nextSeq());
        if (now.stopped().isPresent()) {
          break;
        }
      }
    });
    return committed;
  }

  private CommittedBatch write(int partition, Received next, Map<Integer, Long> expectedSeqs) {
    try {
      return writer.write(new TreeMap<>(Map.of(partition, List.of(next))), expectedSeqs);
    } catch (DataAccessException e) {
      if (!refusesValues(e)) {
        throw e;
      }
      Received refused = new Received.Poisonous(next.offset(), next.value(), next.owner(), next.seq(),
          RefusedValue.describe(e, next.value()));
      return writer.write(new TreeMap<>(Map.of(partition, List.of(refused))), expectedSeqs);
    }
  }

  /** Data exceptions, constraint violations and exceeded limits: a retry of the same record fails again. */
  private static boolean refusesValues(DataAccessException failure) {
    return REFUSALS.stream().anyMatch(failure.sqlState()::startsWith);
  }
}
