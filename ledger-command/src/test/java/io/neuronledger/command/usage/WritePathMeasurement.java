package io.neuronledger.command.usage;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures whether the number of stored requests slows the write path down. Run by hand: two stores of one PostgreSQL,
 * one with few requests and one with millions, record the same new reports in turn, in batches of 1,000 over 100
 * meters, every write durable; so other load on the machine affects both. Asserts nothing, because a duration depends
 * on the machine.
 */
final class WritePathMeasurement {
  private static final int BATCHES = 300;
  private static final int WARM_UP = 50;
  private static final int SEEDED = 10_000_000;
  private static final int SEED_STEP = 500_000;
  private static final int PARTITIONS = 4;

  private WritePathMeasurement() {}

  /** @param args the number of requests in the second store; default ten million, about 1.5 GB of disk */
  public static void main(String[] args) {
    long seeded = args.length == 0 ? SEEDED : Long.parseLong(args[0]);
    try (CommandFixture few = CommandFixture.on(Servers.freshSchema(), PARTITIONS);
        CommandFixture many = CommandFixture.on(Servers.freshSchema(), PARTITIONS)) {
      seed(many, seeded);
      Times little = new Times(few);
      Times much = new Times(many);
      for (int i = 0; i < WARM_UP + BATCHES; i++) {
        little.take(i);
        much.take(i);
      }
      System.out.println(little);
      System.out.println(much);
      System.out.printf("median of the second to that of the first: %.2f%n", (double) much.median() / little.median());
    }
    System.exit(0);
  }

  private static void seed(CommandFixture instance, long wanted) {
    for (long seeded = 0; seeded < wanted; seeded += SEED_STEP) {
      instance.jdbc().sql("""
          INSERT INTO accepted_request SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, :n)""")
          .param("n", SEED_STEP).update();
    }
    instance.administrator().sql("VACUUM (ANALYZE) accepted_request").update();
    instance.administrator().sql("CHECKPOINT").update();
  }

  /** One store, and the duration of each batch. */
  private static final class Times {
    private final CommandFixture instance;
    private final long[] nanos = new long[BATCHES];
    private long reports;

    Times(CommandFixture instance) {
      this.instance = instance;
      instance.record(new ScriptedPartitions(new Partitions(PARTITIONS)).seal().drain());
    }

    void take(int nth) {
      List<UsageReport> batch = batch();
      long start = System.nanoTime();
      instance.usage().record(batch);
      if (nth >= WARM_UP) {
        nanos[nth - WARM_UP] = System.nanoTime() - start;
      }
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

    long median() {
      return sorted()[BATCHES / 2];
    }

    private long[] sorted() {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return sorted;
    }

    @Override
    public String toString() {
      return "%,d stored requests: a batch in %.1f ms (median), %.1f ms (nine of ten), %.1f ms (slowest); %s"
          .formatted(instance.jdbc().sql("SELECT count(*) FROM accepted_request").query(Long.class).single(),
              median() / 1e6, sorted()[BATCHES * 9 / 10] / 1e6, sorted()[BATCHES - 1] / 1e6,
              instance.jdbc().sql("SELECT pg_size_pretty(pg_total_relation_size('accepted_request'))")
                  .query(String.class).single());
    }
  }
}
