package io.neuronledger.foundation.access.rate;

import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.neuronledger.foundation.access.interval.Interval;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * The buckets of callers that all instances of a service share, in a table with the columns {@code id} (TEXT),
 * {@code state} (BYTEA) and {@code expires_at} (BIGINT). A row is removed some time after its bucket is full again.
 */
public final class SharedBuckets {
  private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(1);
  private static final int REMOVED_AT_ONCE_MAX = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int KEY_BYTES = 16;

  private final Predicate<HttpServletRequest> operations;
  private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
  private final Interval cleaning;

  /**
   * @param table its name as SQL, with its schema where the search path has none
   * @param operations the requests that take from these buckets
   */
  public SharedBuckets(DataSource source, String table, InstantSource clock,
      Predicate<HttpServletRequest> operations) {
    this.operations = operations;
    this.cleaning = new Interval(CLEANING_INTERVAL, clock);
    this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source).table(table)
        .primaryKeyMapper(PrimaryKeyMapper.STRING).clientClock(new ClockMeter(clock)).requestTimeout(TIMEOUT)
        .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(CLEANING_INTERVAL))
        .build();
  }

  boolean covers(HttpServletRequest request) {
    return operations.test(request);
  }

  /** The name of a bucket: no name of a caller is stored. Another limit is another bucket. */
  static String key(String caller, RateLimit limit) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((limit + " " + caller).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, KEY_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Takes a portion of the limit, or what is left of it: in one transaction.
   *
   * @throws io.github.bucket4j.BucketExceptions.BucketExecutionException if the database does not answer
   */
  VerboseResult<Long> take(String key, RateLimit limit) {
    removeExpired();
    return buckets.builder().build(key, limit::bucket).asVerbose().tryConsumeAsMuchAsPossible(limit.portion());
  }

  private void removeExpired() {
    if (cleaning.begin()) {
      buckets.removeExpired(REMOVED_AT_ONCE_MAX);
    }
  }
}
