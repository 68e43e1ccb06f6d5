package io.neuronledger.query.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The versions of a settlement's row: an update writes another one, with an entry in each index. */
class WrittenOnceIT {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  @Test
  void a_settlement_sealed_in_its_batch_is_written_with_its_match() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(AccountEventScript.started(0, 1).deposit(ID.owner(), Neuron.parse("5"))
          .transfer(ID, Neuron.parse("5")).settle(ID, Neuron.parse("1")).seal().settle(ID, Neuron.parse("2")).seal()
          .settle(ID, Neuron.parse("1")).records());
      assertThat(fixture.db().fetch("""
          SELECT ctid::text || ' ' || reach_settled || ' ' || coalesce(state, 'unsealed') FROM settlement
          ORDER BY seq""").getValues(0, String.class))
          .isEqualTo(List.of("(0,1) 1 unreported", "(0,2) 3 unreported", "(0,3) 0 unsealed"));
    }
  }
}
