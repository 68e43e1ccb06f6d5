package io.neuronledger.query.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.settlement.matching.History;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are consistent after any history; a row changed by SQL is reported. */
class IntegrityIT {
  private static final SubAccountId METER =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final Neuron PRICE = Neuron.parse("3");
  private static final Units PRICED = new Units.Priced(List.of(
      new Units.PricedLine(Units.UnitKind.CLIPS, Optional.of("1080p"), 2, PRICE)));

  private final QueryFixture fixture = new QueryFixture(1);

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rows_are_consistent_after_any_history(long seed) {
    fixture.process(io.neuronledger.query.fixture.History.of(seed, 0, 1, 300).records());
    IntegrityView view = integrity();
    assertThat(view.faults()).isEmpty();
    assertThat(view.faultsTotal()).isZero();
    assertThat(view.checked().get("entry-columns")).isGreaterThan(100);
  }

  @Test
  void rows_are_consistent_after_usage_settlements_and_a_fork() {
    play();
    IntegrityView view = integrity();
    assertThat(view.faults()).isEmpty();
    assertThat(view.checked()).containsEntry("settlement-entry", 4L).containsEntry("fee-price", 5L)
        .containsEntry("usage-hour", 5L).containsEntry("usage-meter", 1L).containsEntry("entry-postings", 5L)
        .containsEntry("stream-sequence", 5L).containsEntry("settlement-requests", 4L);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "UPDATE settlement SET amount = amount + 1 WHERE seq = (SELECT min(seq) FROM settlement) | settlement-entry | "
          + "settlement: partition 0",
      "UPDATE settlement SET written_off = 1, asked = asked + 1 WHERE NOT retracted | settlement-entry | "
          + "settlement: partition 0",
      "UPDATE settlement SET provider = owner | settlement-entry | settlement: partition 0",
      "UPDATE settlement SET fee_sum = fee_sum - 1 WHERE requests > 0 | settlement-requests | settlement: partition 0",
      "UPDATE settlement SET requests = requests + 1 WHERE requests > 0 | settlement-requests | "
          + "settlement: partition 0",
      "UPDATE settlement SET difference = 7 WHERE NOT retracted | settlement-requests | settlement: partition 0",
      "DELETE FROM settlement WHERE NOT retracted | settlement-entry | settlement: partition 0",
      "UPDATE usage_request SET fee = fee + 1 WHERE request_id = 'r-1' | fee-price | request r-1",
      "UPDATE usage_request SET price = price + 1 WHERE request_id = 'r-2' | fee-price | request r-2",
      "UPDATE usage_request SET output_tokens = output_tokens + 1 WHERE request_id = 'r-2' | usage-hour | "
          + "usage_hour: owner 0x",
      "DELETE FROM usage_request WHERE request_id = 'r-3' | usage-meter | usage_meter: owner 0x",
      "UPDATE usage_request SET set_apart = 'before-service' WHERE request_id = 'r-4' | usage-set-apart | request r-4",
      "UPDATE known_service SET service = 'z' | usage-set-apart | usage_request: owner 0x",
      "UPDATE usage_hour SET fees = fees + 1 | usage-hour | usage_hour: owner 0x",
      "UPDATE usage_hour SET requests = requests - 1 WHERE source = 'router' | usage-hour | usage_hour: owner 0x",
      "DELETE FROM usage_hour | usage-hour | usage_hour: owner 0x",
      "UPDATE usage_meter SET used = used - 1 | usage-meter | usage_meter: owner 0x",
      "UPDATE usage_meter SET router_requests = 0 | usage-meter | usage_meter: owner 0x",
      "UPDATE usage_meter SET settled = settled + 1 | usage-meter | usage_meter: owner 0x",
      "UPDATE usage_meter SET written_off = 9 | usage-meter | usage_meter: owner 0x",
      "UPDATE service_change SET held = held + 1 | service-change | service_change: partition 0",
      "UPDATE settlement SET retracted = TRUE, state = NULL | service-change | service_change: partition 0",
      "UPDATE service_day SET unverified = unverified + 1 | service-day | "
          + "service_day: partition 0, service inference-v1.0",
      "UPDATE usage_meter SET router_unverified = router_unverified + 1 | usage-meter | usage_meter: owner 0x",
      "UPDATE usage_meter SET unverified = unverified + 1 | usage-meter | usage_meter: owner 0x",
      "UPDATE service_day SET used = used + 1 | service-day | service_day: partition 0, service inference-v1.0",
      "UPDATE service_day SET settled = settled - 1 | service-day | service_day: partition 0, service inference-v1.0",
      "DELETE FROM service_day | service-day | service_day: partition 0, service inference-v1.0",
      "DELETE FROM usage_meter | usage-meter | usage_meter: owner 0x",
      "DELETE FROM entry WHERE seq = (SELECT min(seq) FROM entry) | stream-sequence | entry: owner 0x",
      "UPDATE entry SET amount = amount + 1 WHERE NOT retracted | settlement-entry | settlement: partition 0",
      "UPDATE entry SET type = 'funds-deposited.v1' WHERE NOT retracted | settlement-entry | settlement: partition 0",
      "UPDATE entry SET block = block + 1 WHERE NOT retracted | entry-columns | entry: owner 0x",
      "UPDATE entry SET evidence = 'trace' WHERE NOT retracted | entry-columns | entry: owner 0x",
      "UPDATE entry SET payload = jsonb_set(payload::jsonb, '{event,other_postings}', "
          + "'[{\"account\":\"outside\",\"amount\":\"1\"}]')::json WHERE NOT retracted | entry-postings | "
          + "entry: owner 0x"})
  void a_changed_row_is_reported(String change, String rule, String row) {
    play();
    assertThat(fixture.owner().execute(change)).as("rows changed").isPositive();
    IntegrityView view = integrity();
    assertThat(view.faults()).extracting(Fault::rule).contains(rule);
    assertThat(view.faults()).filteredOn(fault -> fault.rule().equals(rule))
        .allSatisfy(fault -> assertThat(fault.row()).contains(row));
    assertThat(view.faultsTotal()).isEqualTo(view.faults().size());
  }

  @Test
  void the_first_thousand_faults_are_reported_and_all_are_counted() {
    History history = new History(0, 1);
    for (int i = 0; i < 1_001; i++) {
      history.report(METER, Meters.line("r-" + i, Chain.blockTime(0).plusSeconds(i), 10));
    }
    fixture.process(history.seal().records());
    fixture.owner().execute("UPDATE usage_request SET price = price + 1");
    IntegrityView view = integrity();
    assertThat(view.faults()).hasSize(1_000).extracting(Fault::rule).containsOnly("fee-price");
    assertThat(view.faultsTotal()).isEqualTo(1_001);
  }

  private void play() {
    Units tokens = new Units.Tokens(10, 4, 5, PRICE, Neuron.parse("1"), Neuron.parse("7"));
    History history = new History(0, 1);
    history.report(METER, Meters.line("r-1", Chain.blockTime(0), 10))
        .report(METER, Meters.line("r-2", Chain.blockTime(0).plusSeconds(1), "deepseek", tokens, UsageSource.DIRECT,
            Optional.empty()))
        .report(METER, Meters.line("r-3", Chain.blockTime(0).plusSeconds(2), "flux", new Units.Images(2, PRICE),
            UsageSource.ROUTER, Optional.empty()))
        .report(METER, Meters.line("r-5", Chain.blockTime(0).plusSeconds(3), "wan", PRICED, UsageSource.ROUTER,
            Optional.empty()))
        .settle(METER, 10, 0).seal().settle(METER, 99, 0).seal().retract(1).seal()
        .report(METER, Meters.line("r-4", Chain.blockTime(9), 5)).settle(METER, 57, 2).seal().settle(METER, 100, 0)
            .seal();
    fixture.process(history.records());
  }

  private IntegrityView integrity() {
    return fixture.globalReads().now(new IntegrityQueries()::all);
  }
}
