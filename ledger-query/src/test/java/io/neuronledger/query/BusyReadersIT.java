package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A service with one reader, which is busy. */
class BusyReadersIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final String LEDGER = "/v1/ledgers/" + OWNER;

  @Test
  void a_request_without_a_reader_is_refused_until_one_is_free() throws SQLException {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic topic = new Topic(1);
        Service service = new Service(postgres, "readers", 1, "--neuron-ledger.database.readers-max=1",
            "--neuron-ledger.database.answer-deadline=60s");
        Connection holding = Sql.connect(postgres, "readers"); Connection looking = Sql.connect(postgres, "readers")) {
      topic.publish(AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("10")).seal().records());
      assertThat(service.get(LEDGER + "?min_block=1&wait=30").statusCode()).isEqualTo(200);
      holding.setAutoCommit(false);
      Sql.run(holding, "LOCK TABLE read_model.ledger_state IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> service.get(LEDGER));
      await().until(() -> Sql.isTrue(looking, """
          SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND application_name = 'ledger-query-reader')"""));
      HttpResponse<String> refused = service.get(LEDGER);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"too-busy\"");
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      holding.rollback();
      assertThat(slow.join().statusCode()).isEqualTo(200);
      assertThat(service.get(LEDGER).statusCode()).isEqualTo(200);
    }
  }
}
