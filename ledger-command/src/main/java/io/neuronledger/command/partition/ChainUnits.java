package io.neuronledger.command.partition;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.util.ArrayList;
import java.util.List;

/** Splits the chain records of a poll into units of work. */
public final class ChainUnits {
  private ChainUnits() {}

  /**
   * Splits by size, and before each retraction, because it reads stored events of its partition. As few units as that
   * allows: each has records of as many partitions as possible, each partition once.
   */
  public static List<List<PartitionRecords>> of(List<PartitionRecords> poll, int unitMax) {
    List<List<PartitionRecords>> units = new ArrayList<>();
    List<PartitionRecords> rest = poll.stream().filter(each -> !each.records().isEmpty()).toList();
    while (!rest.isEmpty()) {
      List<PartitionRecords> unit = new ArrayList<>();
      List<PartitionRecords> later = new ArrayList<>();
      int room = unitMax;
      for (PartitionRecords each : rest) {
        int size = each.records().size();
        int count = countUntilRetraction(each.records(), Math.min(room, size));
        if (count > 0) {
          unit.add(each.part(0, count));
        }
        if (count < size) {
          later.add(each.part(count, size));
        }
        room -= count;
      }
      units.add(unit);
      rest = later;
    }
    return units;
  }

  /** The number of records before the first retraction that is not the first record. */
  private static int countUntilRetraction(List<Delivered<ChainRecord>> records, int countMax) {
    int count = Math.min(1, countMax);
    while (count < countMax && !isRetraction(records.get(count))) {
      count++;
    }
    return count;
  }

  private static boolean isRetraction(Delivered<ChainRecord> next) {
    return next.parsed() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.BranchRetracted;
  }
}
