package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows read by an answer about a past block, with many sub-accounts, each with usage in many hours. */
class PastUsageIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  private static final int PROVIDERS = 10;
  private static final int HOURS = 500;
  private static final int OTHERS = 20;
  /** A plan may find rows in an index first and then fetch them. */
  private static final long TWICE = 2;
  private static final long SOME = 200;

  private static QueryFixture fixture;

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    AccountEventScript script = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("1000000"));
    IntStream.rangeClosed(1, PROVIDERS).forEach(nth -> script.transfer(id(nth), Neuron.parse("10000")));
    fixture.process(script.seal(3).records());
    fixture.db().execute("""
        INSERT INTO usage_meter (owner, provider, service, partition, requests, used)
        SELECT owner, provider, service, 0, %1$d, 5 * %1$d FROM sub_account""".formatted(HOURS));
    fixture.db().execute("""
        INSERT INTO usage_hour SELECT owner, timestamptz '2025-01-01 00:00:00Z' + nth * interval '1 hour', provider,
          service, 'model', 'direct', '', 1, 0, 0, 0, 0, 0, 0, 0, 5, 0
        FROM sub_account CROSS JOIN generate_series(1, %d) AS nth""".formatted(HOURS));
    fixture.db().execute("""
        INSERT INTO usage_hour SELECT decode(lpad(to_hex(other), 40, '0'), 'hex'), hour, provider, service, model,
          source, '', 1, 0, 0, 0, 0, 0, 0, 0, 5, 0
        FROM usage_hour CROSS JOIN generate_series(1, %d) AS other""".formatted(OTHERS));
    fixture.owner().execute("VACUUM ANALYZE usage_hour");
    fixture.owner().execute("VACUUM ANALYZE usage_meter");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void all_sub_accounts_read_the_history_once() {
    List<String> statements = new ArrayList<>();
    List<SubAccountView> views =
        answer(statements, (at, db) -> new SubAccountQueries(QueryFixture.JSON).all(OWNER, at, db));
    assertThat(views).hasSize(PROVIDERS).allMatch(view -> view.used().equals(used()));
    assertThat(hoursRead(statements)).isLessThan(TWICE * PROVIDERS * HOURS + SOME);
    // Along the primary key each sub-account would scan the hours of all; rows skipped by the index are not counted.
    assertThat(statements.stream().filter(statement -> statement.contains("usage_hour")))
        .allMatch(statement -> Plans.of(fixture.db(), statement).toString().contains("usage_hour_meter"));
  }

  @Test
  void one_sub_account_reads_only_its_own_hours() {
    List<String> statements = new ArrayList<>();
    SubAccountView view = answer(statements, (at, db) -> new SubAccountQueries(QueryFixture.JSON)
        .one(OWNER, id(7).provider(), SERVICE, at, db).orElseThrow());
    assertThat(view.used()).isEqualTo(used());
    assertThat(hoursRead(statements)).isLessThan(TWICE * HOURS + SOME);
  }

  private static <T> T answer(List<String> statements, BiFunction<ReadPoint, DSLContext, T> question) {
    return Plans.recording(fixture.db(), statements,
        db -> fixture.ownerReads().answer(OWNER, QueryFixture.at(2), (at, _) -> question.apply(at, db)));
  }

  private static long hoursRead(List<String> statements) {
    return statements.stream().filter(statement -> statement.contains("usage_hour"))
        .mapToLong(statement -> Plans.rowsRead(fixture.db(), statement)).sum();
  }

  private static NeuronSum used() {
    return new NeuronSum(BigInteger.valueOf(5L * HOURS));
  }

  private static SubAccountId id(int nth) {
    return new SubAccountId(OWNER, Wallets.wallet(100 + nth), SERVICE);
  }
}
