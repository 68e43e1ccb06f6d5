package io.neuronledger.command.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.Partitions;
import org.junit.jupiter.api.Test;

class PartitionGroupTest {
  @Test
  void one_producer_publishes_all_partitions_of_a_deployment_of_sixteen() {
    assertThat(PartitionGroup.of(new Partitions(16))).hasSize(1);
    assertThat(PartitionGroup.of(new Partitions(33))).extracting(each -> each.partitions().size())
        .containsExactly(16, 16, 1);
  }
}
