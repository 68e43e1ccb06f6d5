package io.neuronledger.command.store.deployment;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deployment that this store follows: stored with the first record of any partition, never changed. */
public final class DeploymentTable {
  private final JdbcClient jdbc;

  public DeploymentTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Deployment> read() {
    return jdbc.sql("SELECT fingerprint FROM deployment").query(String.class).optional().map(DeploymentTable::fromJson);
  }

  /** Stores the deployment unless there is one. @return the stored one */
  public Deployment declare(Deployment deployment) {
    jdbc.sql("INSERT INTO deployment (fingerprint, chain_id) VALUES (:fingerprint, :chainId) ON CONFLICT DO NOTHING")
        .param("fingerprint", TopicJson.MAPPER.writeValueAsString(deployment)).param("chainId", deployment.chainId())
        .update();
    return read().orElseThrow();
  }

  private static Deployment fromJson(String fingerprint) {
    return TopicJson.MAPPER.readValue(fingerprint, Deployment.class);
  }
}
