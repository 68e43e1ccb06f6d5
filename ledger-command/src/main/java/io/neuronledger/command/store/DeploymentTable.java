package io.neuronledger.command.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.neuronledger.contracts.event.Deployment;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this store follows: said once by the first record of a partition, the same for ever. */
public final class DeploymentTable {
  private static final ObjectMapper JSON = EventSerializer.mapper();

  private final JdbcClient jdbc;

  public DeploymentTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Deployment> read() {
    return jdbc.sql("SELECT fingerprint FROM deployment").query(String.class).optional().map(DeploymentTable::parsed);
  }

  /** Stores it unless there is one. @return the one that is stored */
  public Deployment declared(Deployment deployment) {
    jdbc.sql("INSERT INTO deployment (fingerprint, chain_id) VALUES (:fingerprint, :chainId) ON CONFLICT DO NOTHING")
        .param("fingerprint", written(deployment)).param("chainId", deployment.chainId()).update();
    return read().orElseThrow();
  }

  private static String written(Deployment deployment) {
    try {
      return JSON.writeValueAsString(deployment);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a deployment that is no JSON: " + deployment, e);
    }
  }

  private static Deployment parsed(String fingerprint) {
    try {
      return JSON.readValue(fingerprint, Deployment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored deployment is unreadable: " + fingerprint, e);
    }
  }
}
