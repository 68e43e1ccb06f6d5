package io.neuronledger.command.store.deployment;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks that a partition has recorded its deployment declaration. No event may come before it: it is each partition's
 * first record.
 */
public final class DeclaredDeployment {
  private final Partitions partitions;
  private final JdbcClient jdbc;
  /** Never removed: a declaration is never reverted. */
  private final Set<Integer> declared = ConcurrentHashMap.newKeySet();

  public DeclaredDeployment(Partitions partitions, JdbcClient jdbc) {
    this.partitions = partitions;
    this.jdbc = jdbc;
  }

  /** @throws DeploymentUnknown unless the owner's partition has recorded its declaration */
  public void require(WalletAddress owner) {
    require(partitions.of(owner));
  }

  /** @throws DeploymentUnknown unless the partition has recorded its declaration */
  public void require(int partition) {
    if (!declared.contains(partition)) {
      boolean isDeclared = jdbc.sql("SELECT next_seq > 0 FROM partition_head WHERE partition = :partition")
          .param("partition", partition)
          .query(Boolean.class).optional().orElse(false);
      if (!isDeclared) {
        throw new DeploymentUnknown(partition);
      }
      declared.add(partition);
    }
  }
}
