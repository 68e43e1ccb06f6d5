package io.neuronledger.command.partition;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.util.ArrayList;
import java.util.List;

/** Splits chain records into units of work. */
public final class ChainUnits {
  private ChainUnits() {}

  /** Splits by size, and before each retraction, because it reads stored events. */
  public static List<List<Delivered<ChainRecord>>> of(List<Delivered<ChainRecord>> records, int unitMax) {
    List<List<Delivered<ChainRecord>>> units = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= records.size(); i++) {
      if (i == records.size() || i - start == unitMax || isRetraction(records.get(i))) {
        units.add(records.subList(start, i));
        start = i;
      }
    }
    return units;
  }

  private static boolean isRetraction(Delivered<ChainRecord> next) {
    return next.parsed() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.BranchRetracted;
  }
}
