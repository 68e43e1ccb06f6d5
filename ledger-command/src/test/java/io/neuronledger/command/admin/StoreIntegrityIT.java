package io.neuronledger.command.admin;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.key.AdminAct;
import io.neuronledger.command.key.ApiKeyAggregate;
import io.neuronledger.command.key.KeyTerms;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.KeyHash;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreIntegrityIT {
  /** Also what another version has written, or somebody by hand. */
  @Test
  void a_gap_and_another_form_of_the_events_of_keys_are_found() {
    try (CommandFixture store = CommandFixture.on(Servers.freshSchema(), ONE.count());
        KeyStore keys = new KeyStore(store.source(), Clock.systemUTC())) {
      AdminAct act = new AdminAct("ann", "127.0.0.1", Instant.EPOCH);
      for (String id : List.of("0123456789abcdef", "0123456789abcde0")) {
        keys.create(() -> ApiKeyAggregate.make(id, new KeyTerms("a key", Set.of(Scope.ADMIN), Optional.empty(),
            Optional.empty()), KeyHash.parse("A".repeat(43)), Instant.EPOCH.plusSeconds(1), act));
      }
      StoreIntegrity integrity = new StoreIntegrity(store.jdbc());
      assertThat(integrity.check().faults()).isEmpty();
      assertThat(integrity.check().checked()).containsEntry("key-sequence", 2L).containsEntry("key-form", 2L);

      store.administrator().sql("ALTER TABLE api_key_event DISABLE TRIGGER api_key_event_only_adds").update();
      store.administrator().sql("UPDATE api_key_event SET seq = 5, sequence = 1 WHERE seq = 1").update();
      store.administrator().sql("UPDATE api_key_event SET payload = '{}' WHERE seq = 0").update();
      assertThat(integrity.check().faults()).extracting(Fault::rule, Fault::expected, Fault::found)
          .containsExactlyInAnyOrder(tuple("key-sequence", "seq 1", "seq 5"),
              tuple("key-sequence", "event 0", "event 1"),
              tuple("key-form", "api-key-made.v1 of api-key:0123456789abcdef", "another form"));
      for (String payload : List.of("null", "{\"type\":\"api-key-made.v1\"}", "[]", "")) {
        store.administrator().sql("UPDATE api_key_event SET payload = convert_to(:payload, 'UTF8') WHERE seq = 0")
            .param("payload", payload).update();
        assertThat(integrity.check().faults()).as(payload).extracting(Fault::rule).contains("key-form");
      }
    }
  }

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
