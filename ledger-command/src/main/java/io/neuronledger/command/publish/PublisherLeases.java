package io.neuronledger.command.publish;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who publishes which group of partitions: a lease that its holder renews, and that anybody takes when it has run out
 * by the database's clock. It only avoids quarrels; Kafka's fencing decides. Each statement stands alone and may be
 * repeated.
 */
public final class PublisherLeases {
  private final JdbcClient jdbc;
  private final String instance;
  private final double seconds;

  /**
   * @param instance names this process
   * @param leaseTime how long a silent holder keeps its leases
   */
  public PublisherLeases(JdbcClient jdbc, String instance, Duration leaseTime) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.seconds = leaseTime.toMillis() / 1_000.0;
  }

  /** Says that this process lives. @return the leases that it still holds */
  Set<Integer> renew() {
    jdbc.sql("""
        INSERT INTO publisher (instance, seen_at) VALUES (:instance, now())
        ON CONFLICT (instance) DO UPDATE SET seen_at = now()""").param("instance", instance).update();
    return new TreeSet<>(jdbc.sql("""
        UPDATE publisher_lease SET expires_at = now() + make_interval(secs => :seconds)
        WHERE holder = :instance AND expires_at > now() RETURNING lease""")
        .param("seconds", seconds).param("instance", instance).query(Integer.class).list());
  }

  /** How many of {@code all} leases this process should hold, so that every living one has its part. */
  int share(int all) {
    int living = jdbc.sql("SELECT count(*) FROM publisher WHERE seen_at > now() - make_interval(secs => :seconds)")
        .param("seconds", seconds).query(Integer.class).single();
    return living == 0 ? all : (all + living - 1) / living;
  }

  boolean take(int lease) {
    return jdbc.sql("""
        INSERT INTO publisher_lease AS held (lease, holder, expires_at)
        VALUES (:lease, :instance, now() + make_interval(secs => :seconds))
        ON CONFLICT (lease) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
        WHERE held.expires_at <= now() OR held.holder = excluded.holder""")
        .param("lease", lease).param("instance", instance).param("seconds", seconds).update() == 1;
  }

  void release(int lease) {
    jdbc.sql("DELETE FROM publisher_lease WHERE lease = :lease AND holder = :instance")
        .param("lease", lease).param("instance", instance).update();
  }

  /** This process ends: its share is free for the others. */
  void leave() {
    jdbc.sql("DELETE FROM publisher_lease WHERE holder = :instance").param("instance", instance).update();
    jdbc.sql("DELETE FROM publisher WHERE instance = :instance").param("instance", instance).update();
  }
}
