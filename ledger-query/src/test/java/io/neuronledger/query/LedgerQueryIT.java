package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.scene.Scribe;
import io.neuronledger.query.scene.Service;
import io.neuronledger.query.scene.Topic;
import io.neuronledger.query.scene.Wallets;
import org.junit.jupiter.api.Test;

/** From Kafka to HTTP. */
class LedgerQueryIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final SubAccountId SUB_ACCOUNT =
      new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  @Test
  void what_is_published_is_answered() {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        Topic topic = new Topic(1);
        Service service = new Service(postgres, "boots", 1)) {
      Scribe scribe = Scribe.begun(0, 1).deposit(OWNER, Neuron.ofZeroG("10")).seal()
          .transfer(SUB_ACCOUNT, Neuron.ofZeroG("4")).request(SUB_ACCOUNT, Neuron.ofZeroG("4")).seal();
      topic.publish(scribe.records());

      assertThat(Service.json(service.get("/v1/ledgers/" + OWNER + "?min_block=2")).path("available").asString())
          .isEqualTo("6000000000000000000");
      System.out.println(service.get("/v1/ledgers/" + OWNER + "/sub-accounts").body());
      System.out.println(service.get("/v1/ledgers/" + OWNER + "/entries").body());
      System.out.println(service.get("/v1/ledgers/" + OWNER + "/sub-accounts/0x1/x").body());
      System.out.println(service.get("/v1/ledgers/" + OWNER + "?x=1").body());
      System.out.println(service.get("/v1/status").body());
      System.out.println(service.get("/nothing").body());
      System.out.println(service.get("/actuator/health").body());
      System.out.println(service.get("/actuator/health/readiness").body());
      System.out.println(service.get("/actuator/prometheus").body());
    }
  }
}
