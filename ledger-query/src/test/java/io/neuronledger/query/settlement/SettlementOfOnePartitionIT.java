package io.neuronledger.query.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.settlement.matching.History;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementOfOnePartitionIT {
  private static final Page PAGE = new Page(10, Optional.empty());

  @TempDir
  private Path folder;

  /** Partition 1 has sealed no block. */
  @Test
  void a_partition_that_is_behind_does_not_delay_a_settlement_of_another_one() {
    try (QueryFixture fixture = new QueryFixture(2); ExportJobs exports = fixture.exportJobs(folder)) {
      SubAccountId id =
          new SubAccountId(Wallets.inPartition(0, 0, fixture.partitions()), Wallets.wallet(7), ServiceName.of("a"));
      fixture.process(new History(0, 2).settle(id, 1, 0).seal().records());
      SettlementController controller =
          new SettlementController(fixture.globalReads(), fixture.ownerReads(), exports);
      assertThat(controller.settlement(SettlementId.parse("1-0-0-0"), PAGE, QueryFixture.NOW).settlement().owner())
          .isEqualTo(id.owner());
      assertThatThrownBy(() -> controller.settlement(SettlementId.parse("1-9-0-0"), PAGE, QueryFixture.NOW))
          .isInstanceOf(Refusal.class);
    }
  }
}
