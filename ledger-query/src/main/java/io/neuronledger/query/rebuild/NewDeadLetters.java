package io.neuronledger.query.rebuild;

import io.neuronledger.query.intake.DeadLetters;
import io.neuronledger.query.partition.Poison;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Copies only new poison records. A rebuild reads old ones again, whose copies exist already; only records that the
 * live generation has not read are new.
 */
public record NewDeadLetters(DeadLetters all, DSLContext live) implements DeadLetters {
  @Override
  public void copy(List<Poison> records) {
    if (!records.isEmpty()) {
      PartitionCounts read = PartitionCounts.of(live);
      all.copy(records.stream()
          .filter(poison -> poison.record().seq() >= read.nextSeqs().getOrDefault(poison.partition(), 0L)).toList());
    }
  }
}
