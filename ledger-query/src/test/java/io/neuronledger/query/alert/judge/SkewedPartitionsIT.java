package io.neuronledger.query.alert.judge;

import static io.neuronledger.query.alert.judge.Judging.neuron;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** Reports of three partitions, of which one has numbers of millions and another one of thousands. */
class SkewedPartitionsIT {
  private static final int COUNT = 3;
  private static final int REPORTS = 100_000;
  private static final int REVERSED_EVERY = 10;
  private static final long ROWS_MAX = 100;
  private static final int MANY = 1_000;
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");

  /** Seeds reports in the order in which they came: of the busy partition nine of ten, and of the two others. */
  private static void seed(QueryFixture fixture) {
    fixture.db().execute("""
        WITH sample AS MATERIALIZED (SELECT * FROM usage_request LIMIT 1)
        INSERT INTO usage_request (owner, completed_at, provider, request_id, service, source, model, unit,
          input_tokens, cached_input_tokens, output_tokens, images, seconds, cache_write_tokens, clips, unverified_fee,
          price, fee, partition, line, seq, recorded_at, reversed_seq, reversed_at, reversed_by, reversal_reason)
        SELECT decode(lpad(to_hex(n / 100), 40, '0'), 'hex'),
          timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second', provider, 'old-' || n, service, source, model,
          unit, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, made.partition, 0, made.seq, recorded_at,
          CASE WHEN n %% %2$d = 3 THEN made.seq + 1 END, CASE WHEN n %% %2$d = 3 THEN recorded_at END,
          CASE WHEN n %% %2$d = 3 THEN 'ann' END, CASE WHEN n %% %2$d = 3 THEN 'wrong' END
        FROM generate_series(0, %1$d) AS n CROSS JOIN sample
          CROSS JOIN LATERAL (
            SELECT CASE WHEN n %% 20 = 18 THEN 1 WHEN n %% 20 = 19 THEN 2 ELSE 0 END) AS of (partition)
          CROSS JOIN LATERAL (
            SELECT of.partition, CASE of.partition WHEN 0 THEN 3000000 + 20 * n ELSE n / 10 END AS seq) AS made"""
        .formatted(REPORTS, REVERSED_EVERY));
    fixture.owner().execute("ANALYZE");
  }

  @Test
  void a_report_and_a_reversal_are_found_without_reading_older_ones() {
    try (Judging judging = new Judging(COUNT, Judging.NEVER, MANY)) {
      QueryFixture fixture = judging.fixture();
      Partitions partitions = new Partitions(COUNT);
      SubAccountId reporting = subAccount(Wallets.inPartition(1, 0, partitions));
      SubAccountId reversing = subAccount(Wallets.inPartition(2, 0, partitions));
      Meters meters = new Meters();
      UsageLine wrong = Meters.line("wrong", Chain.blockTime(1), 1);
      for (int i = 0; i < COUNT; i++) {
        AccountEventScript script = AccountEventScript.started(i, COUNT).known(SERVICE)
            .deposit(Wallets.inPartition(i, 0, partitions), neuron(1)).seal();
        fixture.process((i == 2 ? script.add(meters.recorded(reversing, List.of(wrong))) : script).seal().records());
      }
      seed(fixture);
      String placed = HexFormat.of().formatHex(reporting.owner().bytes());
      fixture.db().execute("UPDATE " + fixture.beside() + ".alert_partition SET judged_next ="
          + " CASE partition WHEN 0 THEN 9000000 ELSE 20000 END");
      fixture.db().execute("UPDATE " + fixture.beside() + ".alert_partition SET usage_next = judged_next");
      fixture.db().execute("UPDATE usage_request SET seq = 20001, owner = decode('" + placed
          + "', 'hex') WHERE request_id = 'old-38'");
      fixture.db().execute("UPDATE usage_request SET reversed_seq = 20002, reversed_at = recorded_at,"
          + " reversed_by = 'ann', reversal_reason = 'wrong' WHERE request_id = 'wrong'");
      fixture.owner().execute("VACUUM ANALYZE usage_request");

      List<String> statements = new ArrayList<>();
      DSLContext reader = fixture.reader();
      Set<WalletAddress> changed = Plans.recording(reader, statements, judging.store()::changed);
      assertThat(changed).containsExactlyInAnyOrder(reporting.owner(), reversing.owner());
      assertThat(statements).hasSize(1).allSatisfy(statement ->
          assertThat(Plans.rowsRead(reader, statement)).as(statement).isLessThan(ROWS_MAX));
    }
  }

  private static SubAccountId subAccount(WalletAddress owner) {
    return new SubAccountId(owner, Wallets.wallet(7), SERVICE);
  }
}
