package io.neuronledger.command.store.service;

import io.neuronledger.contracts.value.ServiceName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The table of the services that the chain events of each partition name. A row commits with the events. */
public final class KnownServices {
  private final JdbcClient jdbc;

  /** @param since the time of the block that registered it; empty if it may be older */
  public record KnownService(int partition, ServiceName service, Optional<Instant> since) {}

  public KnownServices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that a partition names. */
  public Set<ServiceName> of(int partition) {
    return new HashSet<>(jdbc.sql("SELECT service FROM known_service WHERE partition = :partition")
        .param("partition", partition).query((row, _) -> ServiceName.of(row.getString(1))).list());
  }

  /** Those of these services that any partition names. */
  public List<KnownService> among(Collection<ServiceName> services) {
    return jdbc.sql("SELECT partition, service, since FROM known_service WHERE service = ANY (:services)")
        .param("services", new SqlArrayValue("text", services.stream().map(ServiceName::value).toArray()))
        .query((row, _) -> new KnownService(row.getInt(1), ServiceName.of(row.getString(2)),
            instant(row.getObject(3, OffsetDateTime.class)))).list();
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime found) {
    return Optional.ofNullable(found).map(OffsetDateTime::toInstant);
  }

  /**
   * @param service one that the partition has not named before
   * @param block the block that names it
   * @param since the block's time; empty if the service may be older
   */
  public void add(int partition, ServiceName service, long block, Optional<Instant> since) {
    jdbc.sql("INSERT INTO known_service (partition, service, block, since)"
        + " VALUES (:partition, :service, :block, :since)")
        .param("partition", partition).param("service", service.value()).param("block", block)
        .param("since", since.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)).update();
  }

  /** Deletes those named from that block on. */
  public void retract(int partition, long fromBlock) {
    jdbc.sql("DELETE FROM known_service WHERE partition = :partition AND block >= :block")
        .param("partition", partition).param("block", fromBlock).update();
  }
}
