package io.neuronledger.query.usage.counted;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.States;
import io.neuronledger.query.fixture.Wallets;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * For any order of registrations, openings, reports, corrections, settlements, seals and forks, and any division into
 * batches: the sums are those of the requests that count, no service that the chain does not know has any, and a
 * rebuild makes the same rows.
 */
class KnownServicesPropertiesIT {
  private static final int TRIES = 120;
  private static final List<ServiceName> SERVICES =
      List.of(ServiceName.of("inference-v1.0"), ServiceName.of("fine-tuning-v1.0"));
  private static final Neuron TEN = Neuron.parse("10");
  /** Those whose rows follow from the records alone, however they were divided. */
  private static final List<String> TABLES =
      List.of("known_service", "usage_request", "usage_hour", "usage_meter", "settlement");

  private QueryFixture fixture = new QueryFixture(1);
  private QueryFixture rebuilt = new QueryFixture(1);

  @AfterProperty
  void close() {
    fixture.close();
    rebuilt.close();
  }

  /** A step of a history; numbers that its kind does not need are ignored. */
  record Step(Kind kind, int owner, int service, int minute, int amount) {
    SubAccountId subAccount() {
      return new SubAccountId(Wallets.wallet(1 + owner), Wallets.wallet(7), SERVICES.get(service));
    }
  }

  enum Kind {
    REGISTER, OPEN, REPORT, REVERSE, REPLACE, SETTLE, SEAL, RETRACT, DELIVER
  }

  /** The records so far, as ledger-command would write them. */
  private static final class History {
    private final AccountEventScript script = AccountEventScript.started(0, 1);
    private final Meters meters = new Meters();
    private final Map<SubAccountId, List<UsageLine>> living = new HashMap<>();

    History() {
      script.seal();
    }

    void add(Step step, int number) {
      SubAccountId id = step.subAccount();
      switch (step.kind()) {
        case REGISTER -> script.lockPeriod(id.service(), Duration.ofHours(1 + step.amount()));
        case OPEN -> script.deposit(id.owner(), TEN).transfer(id, TEN);
        case REPORT -> report(id, line("r" + number, step, Optional.empty()));
        case REVERSE, REPLACE -> {
          List<UsageLine> lines = living.getOrDefault(id, List.of());
          if (!lines.isEmpty()) {
            UsageLine wrong = lines.remove(step.minute() % lines.size());
            Optional<String> right = step.kind() == Kind.REPLACE ? Optional.of("r" + number) : Optional.empty();
            script.add(meters.reversed(id, wrong, right));
            SubAccountId other = new SubAccountId(id.owner(), id.provider(), SERVICES.get(step.amount() % 2));
            right.ifPresent(request -> report(other, line(request, step, Optional.of(wrong.requestId()))));
          }
        }
        case SETTLE -> {
          SubAccountState account = States.subAccount(script.state(id.owner()), id);
          if (account.open() && !account.balance().isZero()) {
            script.settle(id, account.balance().min(Neuron.parse(String.valueOf(1 + step.amount()))));
          }
        }
        case SEAL -> script.seal();
        case RETRACT -> {
          script.seal();
          script.retract(Math.max(1, script.block() - 1 - step.amount()));
        }
        case DELIVER -> { }
      }
    }

    private void report(SubAccountId id, UsageLine line) {
      living.computeIfAbsent(id, _ -> new ArrayList<>()).add(line);
      script.add(meters.recorded(id, List.of(line)));
    }

    private static UsageLine line(String request, Step step, Optional<RequestId> replaces) {
      UsageLine line = Meters.line(request, Chain.GENESIS.plusSeconds(60L * step.minute()), step.amount());
      return new UsageLine(line.requestId(), line.model(), line.units(), line.fee(), line.when(),
          step.minute() % 3 == 0 ? UsageSource.ROUTER : UsageSource.DIRECT, Optional.empty(), replaces);
    }
  }

  /** The first living block that names a service, and the time from which it exists. */
  private record Named(long block, Instant since) {}

  /** What the records say, by their definition. */
  private static final class Definition {
    private final Map<ServiceName, Named> services = new HashMap<>();
    private final Map<SubAccountId, Map<RequestId, UsageLine>> lines = new HashMap<>();

    Definition(List<AccountRecord> records) {
      for (AccountRecord each : records) {
        switch (each.event()) {
          case PartitionEvent.BranchRetracted(long from, int _) ->
              services.values().removeIf(named -> named.block() >= from);
          case PartitionEvent.ServiceTermsSet set -> services.putIfAbsent(set.service(), new Named(
              set.position().block(), set.position().block() > 1 ? set.blockTime() : Instant.MIN));
          case LedgerEvent.FundsTransferred of -> services.putIfAbsent(of.service(),
              new Named(of.cause().position().block(), Instant.MIN));
          case UsageEvent.UsageRecorded usage -> usage.lines().forEach(line ->
              lines.computeIfAbsent(usage.subAccount(), _ -> new HashMap<>()).put(line.requestId(), line));
          case UsageEvent.UsageReversed reversed ->
              lines.getOrDefault(reversed.subAccount(), Map.of()).remove(reversed.line().requestId());
          default -> { }
        }
      }
    }

    /** The fees that count, by meter and source. */
    Map<String, BigInteger> fees() {
      Map<String, BigInteger> fees = new TreeMap<>();
      lines.forEach((meter, all) -> all.values().stream()
          .filter(line -> services.containsKey(meter.service())
              && !line.when().isBefore(services.get(meter.service()).since()))
          .forEach(line -> fees.merge(meter + " " + line.source().word(), line.fee().value(), BigInteger::add)));
      fees.values().removeIf(sum -> sum.signum() == 0);
      return fees;
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void sums_are_those_of_the_requests_that_count(@ForAll("histories") List<Step> steps) {
    fixture.close();
    fixture = new QueryFixture(1);
    History history = new History();
    int delivered = 0;
    for (int i = 0; i < steps.size(); i++) {
      history.add(steps.get(i), i);
      if (steps.get(i).kind() == Kind.DELIVER) {
        delivered = deliver(history, delivered);
      }
    }
    history.script.seal();
    deliver(history, delivered);

    rebuilt.close();
    rebuilt = new QueryFixture(1);
    rebuilt.process(history.script.records());
    Map<String, List<String>> again = rebuilt.tables();
    Map<String, List<String>> stored = fixture.tables();
    TABLES.forEach(table -> assertThat(stored.get(table)).as(table).isEqualTo(again.get(table)));
  }

  private int deliver(History history, int delivered) {
    List<AccountRecord> records = history.script.records();
    if (records.size() > delivered) {
      fixture.process(records.subList(delivered, records.size()));
    }
    Definition expected = new Definition(records);
    assertThat(meters()).isEqualTo(expected.fees());
    assertThat(hours()).isEqualTo(expected.fees());
    assertThat(fixture.db().selectFrom(USAGE_HOUR).fetch(USAGE_HOUR.SERVICE)).isSubsetOf(expected.services.keySet());
    assertThat(fixture.db().selectFrom(USAGE_REQUEST).where(USAGE_REQUEST.SET_APART.isNotNull())
        .fetch(USAGE_REQUEST.REVERSED_SEQ)).allMatch(Objects::isNull);
    return records.size();
  }

  private Map<String, BigInteger> meters() {
    Map<String, BigInteger> fees = new TreeMap<>();
    fixture.db().selectFrom(USAGE_METER).forEach(row -> {
      SubAccountId meter =
          new SubAccountId(row.get(USAGE_METER.OWNER), row.get(USAGE_METER.PROVIDER), row.get(USAGE_METER.SERVICE));
      fees.put(meter + " direct", row.get(USAGE_METER.USED).value());
      fees.put(meter + " router", row.get(USAGE_METER.ROUTER_USED).value());
    });
    fees.values().removeIf(sum -> sum.signum() == 0);
    return fees;
  }

  private Map<String, BigInteger> hours() {
    Map<String, BigInteger> fees = new TreeMap<>();
    fixture.db().selectFrom(USAGE_HOUR).forEach(row -> fees.merge(new SubAccountId(row.get(USAGE_HOUR.OWNER),
        row.get(USAGE_HOUR.PROVIDER), row.get(USAGE_HOUR.SERVICE)) + " " + row.get(USAGE_HOUR.SOURCE),
        row.get(USAGE_HOUR.FEES).value(), BigInteger::add));
    fees.values().removeIf(sum -> sum.signum() == 0);
    return fees;
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(2, Kind.REGISTER), Tuple.of(1, Kind.OPEN),
        Tuple.of(10, Kind.REPORT), Tuple.of(2, Kind.REVERSE), Tuple.of(2, Kind.REPLACE), Tuple.of(2, Kind.SETTLE),
        Tuple.of(4, Kind.SEAL), Tuple.of(2, Kind.RETRACT), Tuple.of(5, Kind.DELIVER));
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 1), Arbitraries.integers().between(0, 1),
        Arbitraries.integers().between(0, 60), Arbitraries.integers().between(0, 6)).as(Step::new)
        .list().ofMinSize(5).ofMaxSize(60);
  }
}
