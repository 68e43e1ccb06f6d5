package io.neuronledger.command.store;

import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Two writers of one stream: the second one gets the same exception for the stream's first event as for a later one.
 */
class FirstEventIT {
  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void a_used_sequence_is_a_conflict(long sequence) {
    String database = Servers.freshSchema();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database);
    config.setUsername(Servers.database(database).running().user());
    config.setPassword(Servers.database(database).running().password());
    try (CommandFixture migrated = CommandFixture.on(database, 1); HikariDataSource pool =
        new HikariDataSource(config)) {
      migrated.reloadPartition(0);
      migrated.jdbc().sql("INSERT INTO deployment (fingerprint, chain_id) VALUES ('{}', 1)").update();
      LedgerStorageEngine engine = LedgerStorageEngine.create(new SpringDataSourceConnectionProvider(pool),
          new SpringTransactionManager(new JdbcTransactionManager(pool)), EventSerializer.create(),
          new EventUpcasterChain(), new Partitions(1), _ -> {}, Clock.systemUTC());
      engine.appendEvents(decision(sequence));
      assertThatThrownBy(() -> engine.appendEvents(decision(sequence))).isInstanceOf(ConcurrencyException.class);
    }
  }

  private static GenericDomainEventMessage<?> decision(long sequence) {
    return new GenericDomainEventMessage<>("resolution", "resolution:" + ALICE + ":key", sequence,
        new LedgerEvent.DiscrepancyResolved(ALICE, "key", "reason", "by", Instant.EPOCH));
  }
}
