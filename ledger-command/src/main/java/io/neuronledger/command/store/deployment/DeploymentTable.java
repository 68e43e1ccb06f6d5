package io.neuronledger.command.store.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.Deployment;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deployment that this store follows: stored with the first record of any partition, never changed. */
public final class DeploymentTable {
  private static final ObjectMapper JSON = EventSerializer.MAPPER;

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
        .param("fingerprint", toJson(deployment)).param("chainId", deployment.chainId()).update();
    return read().orElseThrow();
  }

  private static String toJson(Deployment deployment) {
    try {
      return JSON.writeValueAsString(deployment);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the deployment as JSON: " + deployment, e);
    }
  }

  private static Deployment fromJson(String fingerprint) {
    try {
      return JSON.readValue(fingerprint, Deployment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read the stored deployment: " + fingerprint, e);
    }
  }
}
