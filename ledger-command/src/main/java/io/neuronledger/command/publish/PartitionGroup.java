package io.neuronledger.command.publish;

import io.neuronledger.contracts.topic.Partitions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The partitions that one producer publishes: sixteen, so that by default what is committed together is published in
 * one transaction, and a deployment with more partitions can still spread over several instances. A partition's group
 * and the group's transactional id never change, because Kafka fences by that id.
 */
record PartitionGroup(int number, List<Integer> partitions) {
  private static final int PARTITIONS_EACH = 16;

  static List<PartitionGroup> of(Partitions partitions) {
    int groups = (partitions.count() + PARTITIONS_EACH - 1) / PARTITIONS_EACH;
    return IntStream.range(0, groups).mapToObj(number -> new PartitionGroup(number, IntStream
        .range(number * PARTITIONS_EACH, Math.min((number + 1) * PARTITIONS_EACH, partitions.count())).boxed()
            .toList())).toList();
  }

  String transactionalId() {
    return "ledger-command.account-events." + number;
  }
}
