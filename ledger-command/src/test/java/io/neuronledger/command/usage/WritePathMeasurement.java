package io.neuronledger.command.usage;

import io.neuronledger.command.scene.Feed;
import io.neuronledger.command.scene.Reports;
import io.neuronledger.command.scene.ScriptedLanes;
import io.neuronledger.command.scene.Servers;
import io.neuronledger.command.scene.Service;
import io.neuronledger.command.scene.Wallets;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Does the number of remembered requests slow the write path down? Run by hand: seeds the table with more and more rows
 * of the same kind, and each time measures new reports through the recorder, in batches of 1,000 over 100 meters, every
 * write durable. Prints the median and the slowest batch; asserts nothing, because a time is no property of the code.
 */
final class WritePathMeasurement {
  private static final int BATCHES = 60;
  private static final int WARM_UP = 20;
  private static final long[] SEEDED = {0, 2_000_000};
  private static final int SEED_STEP = 1_000_000;

  private long reports;

  private WritePathMeasurement() {}

  /** @param args how many rows to seed, step by step; two million without. Ten million take about 3 GB of disk */
  public static void main(String[] args) {
    long[] steps = args.length == 0 ? SEEDED : Arrays.stream(args).mapToLong(Long::parseLong).toArray();
    Servers.freshTopics(4);
    try (Feed feed = new Feed(4); Service service = Service.start(Servers.freshDatabase(), 4)) {
      feed.say(new ScriptedLanes(new Lanes(4)).seal().drain());
      UsageRecorder recorder = service.bean(UsageRecorder.class);
      Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
          .until(() -> recorder.record(List.of(Reports.report("first", 1))).size() == 1);
      new WritePathMeasurement().measure(recorder, service.bean(JdbcClient.class), steps);
    }
    System.exit(0);
  }

  private void measure(UsageRecorder recorder, JdbcClient jdbc, long[] steps) {
    long seeded = 0;
    long first = 0;
    for (long wanted : steps) {
      for (; seeded < wanted; seeded += SEED_STEP) {
        jdbc.sql("INSERT INTO accepted_request SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, :n)")
            .param("n", SEED_STEP).update();
      }
      jdbc.sql("VACUUM (ANALYZE) accepted_request").update();
      jdbc.sql("CHECKPOINT").update();
      for (int i = 0; i < WARM_UP; i++) {
        recorder.record(batch());
      }
      long[] nanos = new long[BATCHES];
      long logged = logged(jdbc);
      for (int i = 0; i < BATCHES; i++) {
        List<UsageReport> batch = batch();
        long start = System.nanoTime();
        recorder.record(batch);
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      first = first == 0 ? nanos[BATCHES / 2] : first;
      System.out.printf("%,d remembered requests: batch of 1,000 in %.1f ms (median), %.1f ms (slowest): %,d reports/s, "
              + "%.2f x the first, %,d kB of log each; table and index %s%n", jdbc.sql("SELECT count(*) FROM accepted_request").query(Long.class).single(),
          nanos[BATCHES / 2] / 1e6, nanos[BATCHES - 1] / 1e6, 1_000_000_000_000L / nanos[BATCHES / 2],
          (double) nanos[BATCHES / 2] / first, (logged(jdbc) - logged) / BATCHES / 1_024,
          jdbc.sql("SELECT pg_size_pretty(pg_total_relation_size('accepted_request'))").query(String.class).single());
    }
  }

  /** Bytes of the write-ahead log so far: a page is logged whole when it is touched first after a checkpoint. */
  private static long logged(JdbcClient jdbc) {
    return jdbc.sql("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint").query(Long.class).single();
  }

  private List<UsageReport> batch() {
    List<UsageReport> batch = new ArrayList<>(UsageReport.BATCH_MAX);
    for (int i = 0; i < UsageReport.BATCH_MAX; i++) {
      SubAccountId meter =
          new SubAccountId(Wallets.wallet(20_000 + reports % 100), Wallets.PROVIDER, Wallets.INFERENCE);
      batch.add(Reports.report("m-" + reports++, meter, 1, UsageSource.DIRECT));
    }
    return batch;
  }
}
