package io.neuronledger.command.store;

import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.contracts.value.ServiceName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lock periods as each partition heard of them, in order: a record that waited is judged by the terms of its own
 * place.
 */
public final class ServiceTermsTable {
  private final JdbcClient jdbc;

  public ServiceTermsTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public ServiceTerms current(int partition) {
    return before(partition, Long.MAX_VALUE);
  }

  /** The terms that a chain event with this seq met. */
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

  /** @param seq of the chain event that said so */
  public void set(int partition, long seq, long block, ServiceName service, Duration lockPeriod) {
    jdbc.sql("""
        INSERT INTO service_terms (partition, seq, service, lock_period_seconds, block)
        VALUES (:partition, :seq, :service, :seconds, :block)""")
        .param("partition", partition).param("seq", seq).param("service", service.value())
        .param("seconds", lockPeriod.toSeconds()).param("block", block).update();
  }

  /** What was said from that block on was never said. It is still in the partition's stream. */
  public void retract(int partition, long fromBlock) {
    jdbc.sql("DELETE FROM service_terms WHERE partition = :partition AND block >= :block")
        .param("partition", partition).param("block", fromBlock).update();
  }
}
