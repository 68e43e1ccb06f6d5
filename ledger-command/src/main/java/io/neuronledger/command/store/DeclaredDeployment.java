package io.neuronledger.command.store;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions in which it has been said what is followed. Nothing may stand before that: it is each partition's
 * first record.
 */
public final class DeclaredDeployment {
  private final Partitions partitions;
  private final JdbcClient jdbc;
  /** Once begun, for ever. */
  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

  public DeclaredDeployment(Partitions partitions, JdbcClient jdbc) {
    this.partitions = partitions;
    this.jdbc = jdbc;
  }

  /** @throws DeploymentUnknown unless the owner's partition has begun */
  public void require(WalletAddress owner) {
    int partition = partitions.of(owner);
    if (!begun.contains(partition)) {
      boolean hasBegun = jdbc.sql("SELECT next_seq > 0 FROM partition_head WHERE partition = :partition")
          .param("partition", partition)
          .query(Boolean.class).optional().orElse(false);
      if (!hasBegun) {
        throw new DeploymentUnknown(partition);
      }
      begun.add(partition);
    }
  }
}
