package io.neuronledger.command.publish;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The leases by which instances share the groups of partitions: the holder renews its lease, and any instance may take
 * it once it has expired by the database's clock. Leases only avoid contention; Kafka's fencing ensures one publisher.
 * Each statement is its own transaction and idempotent.
 */
public final class PublisherLeases {
  /** The lease of who publishes the API keys; those of the groups of partitions are from 0 on. */
  public static final int API_KEYS = -1;

  private final JdbcClient jdbc;
  private final String instance;
  private final double seconds;

  /**
   * @param instance the id of this process
   * @param leaseTime how long a lease lasts without a renewal
   */
  public PublisherLeases(JdbcClient jdbc, String instance, Duration leaseTime) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.seconds = leaseTime.toMillis() / 1_000.0;
  }

  /** Renews the heartbeat and the leases of this process. @return the leases that it still holds */
  Set<Integer> renew() {
    jdbc.sql("""
        INSERT INTO publisher (instance, seen_at) VALUES (:instance, now())
        ON CONFLICT (instance) DO UPDATE SET seen_at = now()""").param("instance", instance).update();
    return new TreeSet<>(jdbc.sql("""
        UPDATE publisher_lease SET expires_at = now() + make_interval(secs => :seconds)
        WHERE holder = :instance AND expires_at > now() RETURNING lease""")
        .param("seconds", seconds).param("instance", instance).query(Integer.class).list());
  }

  /** The number of leases of {@code all} that this process should hold, so that each live process has its share. */
  int share(int all) {
    int live = jdbc.sql("SELECT count(*) FROM publisher WHERE seen_at > now() - make_interval(secs => :seconds)")
        .param("seconds", seconds).query(Integer.class).single();
    return live == 0 ? all : (all + live - 1) / live;
  }

  /** Takes the lease, or renews it. @return whether this process holds it */
  public boolean take(int lease) {
    return jdbc.sql("""
        INSERT INTO publisher_lease AS held (lease, holder, expires_at)
        VALUES (:lease, :instance, now() + make_interval(secs => :seconds))
        ON CONFLICT (lease) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
        WHERE held.expires_at <= now() OR held.holder = excluded.holder""")
        .param("lease", lease).param("instance", instance).param("seconds", seconds).update() == 1;
  }

  public void release(int lease) {
    jdbc.sql("DELETE FROM publisher_lease WHERE lease = :lease AND holder = :instance")
        .param("lease", lease).param("instance", instance).update();
  }

  /** Releases all leases of this process and removes its heartbeat, at its end. */
  void leave() {
    jdbc.sql("DELETE FROM publisher_lease WHERE holder = :instance").param("instance", instance).update();
    jdbc.sql("DELETE FROM publisher WHERE instance = :instance").param("instance", instance).update();
  }
}
