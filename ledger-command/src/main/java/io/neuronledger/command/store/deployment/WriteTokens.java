package io.neuronledger.command.store.deployment;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the tokens with which a read sees what was committed before. */
public final class WriteTokens {
  private final Partitions partitions;
  private final JdbcClient jdbc;

  public WriteTokens(Partitions partitions, JdbcClient jdbc) {
    this.partitions = partitions;
    this.jdbc = jdbc;
  }

  /**
   * A token for all that is committed about these owners by now, whenever it was written.
   *
   * @throws DeploymentUnknown while there is no deployment, and so nothing committed
   */
  public WriteToken of(Collection<WalletAddress> owners) {
    return of(owners.stream().mapToInt(partitions::of).distinct().toArray());
  }

  /**
   * A token for all that is committed in these partitions by now.
   *
   * @throws DeploymentUnknown while there is no deployment, and so nothing committed
   */
  public WriteToken of(int... written) {
    SortedMap<Integer, Long> next = new TreeMap<>();
    jdbc.sql("SELECT partition, next_seq FROM partition_head WHERE partition = ANY (:partitions)")
        .param("partitions", written)
        .query(row -> {
          next.put(row.getInt("partition"), row.getLong("next_seq"));
        });
    long chainId = jdbc.sql("SELECT chain_id FROM deployment").query(Long.class).optional()
        .orElseThrow(() -> new DeploymentUnknown(written.length == 0 ? 0 : written[0]));
    return new WriteToken(chainId, next);
  }
}
