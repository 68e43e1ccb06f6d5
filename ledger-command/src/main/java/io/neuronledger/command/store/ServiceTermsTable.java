package io.neuronledger.command.store;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.contracts.value.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lock periods of each partition with the seq that set them: a parked record is replayed with the periods in force
 * at its own position.
 */
public final class ServiceTermsTable {
  private final JdbcClient jdbc;

  public ServiceTermsTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public ServiceTerms current(int partition) {
    return before(partition, Long.MAX_VALUE);
  }

  /** The terms in force for the chain event with this seq. */
  public ServiceTerms before(int partition, long seq) {
    Map<ServiceName, Duration> periods = new HashMap<>();
    jdbc.sql("""
        SELECT DISTINCT ON (service) service, lock_period_seconds FROM service_terms
        WHERE partition = :partition AND seq < :seq ORDER BY service, seq DESC""")
        .param("partition", partition).param("seq", seq)
        .query(row -> {
          periods.put(ServiceName.of(row.getString(1)), Duration.ofSeconds(row.getLong(2)));
        });
    return new ServiceTerms(periods);
  }

  /** @param seq of the chain event that sets the period */
  public void set(int partition, long seq, long block, ServiceName service, Duration lockPeriod) {
    jdbc.sql("""
        INSERT INTO service_terms (partition, seq, service, lock_period_seconds, block)
        VALUES (:partition, :seq, :service, :seconds, :block)""")
        .param("partition", partition).param("seq", seq).param("service", service.value())
        .param("seconds", lockPeriod.toSeconds()).param("block", block).update();
  }

  /** Deletes the periods set from that block on. Their events stay in the partition's stream. */
  public void retract(int partition, long fromBlock) {
    jdbc.sql("DELETE FROM service_terms WHERE partition = :partition AND block >= :block")
        .param("partition", partition).param("block", fromBlock).update();
  }
}
