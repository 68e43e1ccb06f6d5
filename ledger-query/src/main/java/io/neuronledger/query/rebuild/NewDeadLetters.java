package io.neuronledger.query.rebuild;

import io.neuronledger.query.intake.DeadLetters;
import io.neuronledger.query.partition.Poison;
import java.util.List;
import org.jooq.DSLContext;

/**
 * A rebuild meets old poison again, of which there are copies already: only what the live generation has not met is
 * new.
 */
public record NewDeadLetters(DeadLetters all, DSLContext live) implements DeadLetters {
  @Override
  public void copy(List<Poison> records) {
    if (!records.isEmpty()) {
      PartitionCounts met = PartitionCounts.of(live);
      all.copy(records.stream()
          .filter(poison -> poison.seq() >= met.nextSeqs().getOrDefault(poison.partition(), 0L)).toList());
    }
  }
}
