package io.neuronledger.command.lock;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of active refunds. Rows are always replaced per owner from the aggregate's state, so they cannot drift.
 */
public final class RefundLockTable {
  private static final String INSERT = """
      INSERT INTO refund_lock (partition, owner, provider, service, refund, requested_at, announced)
      SELECT ?, row.* FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[]) AS row""";

  private final JdbcClient jdbc;
  private final JdbcTemplate template;

  public RefundLockTable(JdbcTemplate template) {
    this.template = template;
    this.jdbc = JdbcClient.create(template);
  }

  public PartitionLocks of(int partition) {
    return new PartitionLocks(this, partition);
  }

  void assign(int partition, Map<WalletAddress, List<RefundLock>> refundsByOwner) {
    if (refundsByOwner.isEmpty()) {
      return;
    }
    String[] owners = refundsByOwner.keySet().stream().map(WalletAddress::value).toArray(String[]::new);
    jdbc.sql("DELETE FROM refund_lock WHERE partition = ? AND owner = ANY (?)").param(partition).param(owners).update();
    List<WalletAddress> ownerOf = new ArrayList<>();
    List<RefundLock> locks = new ArrayList<>();
    refundsByOwner.forEach((owner, refunds) -> refunds.forEach(refund -> {
      ownerOf.add(owner);
      locks.add(refund);
    }));
    if (!locks.isEmpty()) {
      template.update(connection -> insert(connection, partition, ownerOf, locks));
    }
  }

  private static PreparedStatement insert(Connection connection, int partition, List<WalletAddress> owners,
      List<RefundLock> locks) throws SQLException {
    PreparedStatement insert = connection.prepareStatement(INSERT);
    insert.setInt(1, partition);
    insert.setArray(2, connection.createArrayOf("text", owners.stream().map(WalletAddress::value).toArray()));
    insert.setArray(3, connection.createArrayOf("text", locks.stream().map(lock -> lock.provider().value()).toArray()));
    insert.setArray(4, connection.createArrayOf("text", locks.stream().map(lock -> lock.service().value()).toArray()));
    insert.setArray(5,
        connection.createArrayOf("text", locks.stream().map(lock -> lock.refund().toString()).toArray()));
    insert.setArray(6, connection.createArrayOf("int8", locks.stream().map(RefundLock::requestedAt).toArray()));
    insert.setArray(7, connection.createArrayOf("bool", locks.stream().map(RefundLock::announced).toArray()));
    return insert;
  }

  /** @param passed the latest request time whose lock has passed, in seconds since 1970 */
  List<WalletAddress> due(int partition, ServiceName service, long passed) {
    return jdbc.sql("""
        SELECT DISTINCT owner FROM refund_lock WHERE partition = :partition AND service = :service
          AND ((NOT announced AND requested_at <= :passed) OR (announced AND requested_at > :passed))""")
        .param("partition", partition).param("service", service.value()).param("passed", passed)
        .query((row, _) -> new WalletAddress(row.getString(1))).list();
  }

  Map<ServiceName, PartitionLocks.Bounds> bounds(int partition) {
    Map<ServiceName, PartitionLocks.Bounds> bounds = new HashMap<>();
    jdbc.sql("""
        SELECT service, coalesce(min(requested_at) FILTER (WHERE NOT announced), :none),
          coalesce(max(requested_at) FILTER (WHERE announced), :never)
        FROM refund_lock WHERE partition = :partition GROUP BY service""")
        .param("partition", partition).param("none", Long.MAX_VALUE).param("never", Long.MIN_VALUE)
        .query(row -> {
          bounds.put(ServiceName.of(row.getString(1)), new PartitionLocks.Bounds(row.getLong(2), row.getLong(3)));
        });
    return bounds;
  }
}
