package io.neuronledger.command.store;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored form older than the code: {@code funds-deposited.v0}, an invented form without the payer and with another
 * name of the amount's field. The stored row stays as it is, and is read as the present event.
 */
class UpcasterIT {
  private static final String OLD = "funds-deposited.v0";
  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  /** An example upcaster: maps one name to the next and changes only the JSON. */
  private static final class FundsDeposited0To1 extends SingleEventUpcaster {
    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
      return event.getType().getName().equals(OLD);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
      return event.upcastPayload(new SimpleSerializedType(EventNames.FUNDS_DEPOSITED, null), ObjectNode.class, json -> {
        json.put("type", EventNames.FUNDS_DEPOSITED);
        json.set("payer", json.get("owner"));
        json.set("amount", json.remove("deposited"));
        return json;
      });
    }
  }

  private static String oldForm() {
    return """
        {"type":"funds-deposited.v0","owner":"%s","deposited":"10000000000000000000","opened":true,
         "after":{"available":"10000000000000000000","locked":"0"},
         "cause":{"at":"1-0-0-0","hash":"0x%064x","time":"2026-01-01T00:00:10Z"}}""".formatted(ALICE, 1);
  }

  /** The store as the old code would have written it. */
  private void storeOldForm() {
    try (CommandFixture today = CommandFixture.on(database, 1)) {
      today.record(chain.drain());
      today.jdbc().sql("UPDATE partition_head SET next_seq = 2, next_public_seq = 1").update();
      today.jdbc().sql("""
          INSERT INTO account_event (partition, seq, public_seq, stream, sequence, name, block, recorded_at,
            payload, hash)
          VALUES (0, 1, 0, :stream, 0, :name, 1, now(), :payload, ''::bytea)""")
          .param("stream", LedgerAggregate.idOf(ALICE)).param("name", OLD)
          .param("payload", oldForm().getBytes(StandardCharsets.UTF_8)).update();
    }
  }

  @Test
  void an_old_form_is_read_as_the_present_event_and_its_row_stays() {
    storeOldForm();
    try (CommandFixture instance = CommandFixture.on(database, 1, UnaryOperator.identity(),
        new EventUpcasterChain(new FundsDeposited0To1()))) {
      instance.record(chain.fact(deposit(ALICE, "1")).seal().drain());
      assertThat(stored(instance, EventNames.FUNDS_DEPOSITED)).isInstanceOfSatisfying(LedgerEvent.FundsDeposited.class,
          next -> assertThat(next.after().available()).isEqualTo(coins("11")));
      assertThat(instance.jdbc().sql("SELECT name FROM account_event WHERE seq = 1").query(String.class).single())
          .isEqualTo(OLD);
    }
  }

  /** Without the upcaster loading fails, and nothing is recorded. */
  @Test
  void an_unknown_form_is_not_skipped() {
    storeOldForm();
    try (CommandFixture instance = CommandFixture.on(database, 1)) {
      List<ScriptedPartitions.KeyedRecord> next = chain.fact(deposit(ALICE, "1")).seal().drain();
      assertThatThrownBy(() -> instance.record(next)).hasStackTraceContaining(OLD);
      assertThat(instance.jdbc().sql("SELECT count(*) FROM account_event").query(Integer.class).single()).isEqualTo(2);
    }
  }

  /** A fork replays the stream with its old forms. */
  @Test
  void a_rewind_reads_old_forms_too() {
    storeOldForm();
    try (CommandFixture instance = CommandFixture.on(database, 1, UnaryOperator.identity(),
        new EventUpcasterChain(new FundsDeposited0To1()))) {
      instance.record(chain.seal().fact(deposit(ALICE, "1")).seal().drain());
      instance.reset();
      instance.record(chain.retract(2, chain.blockTime()).seal().drain());
      assertThat(stored(instance, EventNames.LEDGER_REWOUND)).isInstanceOfSatisfying(LedgerEvent.LedgerRewound.class,
          rewound -> assertThat(rewound.state().available()).isEqualTo(coins("10")));
    }
  }

  /** The only stored event of this name. */
  private static AccountEvent stored(CommandFixture instance, String name) {
    return ChainEventProducer.JSON.readValue(instance.jdbc().sql("SELECT payload FROM account_event WHERE name = :name")
        .param("name", name).query(byte[].class).single(), AccountEvent.class);
  }
}
