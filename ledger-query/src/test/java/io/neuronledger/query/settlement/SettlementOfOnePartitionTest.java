package io.neuronledger.query.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.Refused;
import io.neuronledger.query.request.Page;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettlementOfOnePartitionTest {
  private static final Page PAGE = new Page(10, Optional.empty());

  /** Partition 1 has sealed nothing. */
  @Test
  void a_partition_that_is_behind_keeps_no_settlement_of_another_one_back() {
    try (QueryFixture stage = new QueryFixture(2)) {
      SubAccountId id =
          new SubAccountId(Wallets.inPartition(0, 0, stage.partitions()), Wallets.wallet(7), ServiceName.of("a"));
      stage.take(new History(0, 2).settle(id, 1, 0).seal().records());
      SettlementController controller = new SettlementController(stage.overall(), stage.answers(), QueryFixture.JSON);
      assertThat(controller.settlement(SettlementId.parse("1-0-0-0"), PAGE, QueryFixture.NOW).settlement().owner())
          .isEqualTo(id.owner());
      assertThatThrownBy(() -> controller.settlement(SettlementId.parse("1-9-0-0"), PAGE, QueryFixture.NOW))
          .isInstanceOf(Refused.class);
    }
  }
}
