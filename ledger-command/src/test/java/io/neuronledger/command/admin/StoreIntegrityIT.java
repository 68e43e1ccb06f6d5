package io.neuronledger.command.admin;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import org.junit.jupiter.api.Test;

class StoreIntegrityIT {
  private static final Partitions ONE = new Partitions(1);

  @Test
  void a_gap_in_the_public_numbers_is_found() {
    ScriptedPartitions chain = new ScriptedPartitions(ONE);
    try (CommandFixture store = CommandFixture.on(Servers.freshSchema(), ONE.count())) {
      store.record(chain.fact(deposit(Wallets.wallet(1), "1")).fact(deposit(Wallets.wallet(2), "1")).seal().drain());
      StoreIntegrity integrity = new StoreIntegrity(store.jdbc());
      assertThat(integrity.check().faults()).isEmpty();

      store.administrator().sql("ALTER TABLE account_event DISABLE TRIGGER account_event_only_adds").update();
      store.administrator().sql("UPDATE account_event SET public_seq = 5 WHERE public_seq = 1").update();
      assertThat(integrity.check().faults()).extracting(Fault::rule, Fault::expected, Fault::found)
          .containsExactlyInAnyOrder(tuple("public-sequence", "public seq 1", "public seq 5"),
              tuple("public-sequence", "next public seq 6", "next public seq 2"));
    }
  }
}
