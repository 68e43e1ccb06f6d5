package io.neuronledger.query.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.ProviderView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderQueriesIT {
  private static final WalletAddress PROVIDER = Wallets.wallet(700);

  private final QueryFixture fixture = new QueryFixture(2);
  private final Meters meters = new Meters();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** One partition is a block ahead: its settlement of that block is not part of the answer. */
  @Test
  void the_sums_are_as_of_the_lowest_seal_of_all_partitions() {
    SubAccountId one = meter(0, "a");
    SubAccountId other = meter(1, "a");
    SubAccountId second = meter(1, "b");
    AccountEventScript ahead = AccountEventScript.started(0, 2).add(usage(one, "r-1", 30, UsageSource.DIRECT));
    AccountEventScript behind = AccountEventScript.started(1, 2).add(usage(other, "r-2", 20, UsageSource.DIRECT))
        .add(usage(second, "r-3", 9, UsageSource.ROUTER)).add(usage(second, "r-4", 3, UsageSource.DIRECT));
    fund(ahead, one);
    fund(behind, other);
    fund(behind, second);
    ahead.settle(one, neuron(10)).seal().settle(one, neuron(15), neuron(1)).seal();
    behind.settle(other, neuron(25), neuron(5)).seal();
    fixture.process(ahead.records());
    fixture.process(behind.records());

    ProviderView view = provider(PROVIDER);

    assertThat(view.asOf().block()).isEqualTo(1);
    assertThat(view.owners()).isEqualTo(2);
    assertThat(view.subAccounts()).isEqualTo(3);
    assertThat(view.requests()).isEqualTo(3);
    assertThat(view.used()).isEqualTo(sum(53));
    assertThat(view.settled()).isEqualTo(sum(35));
    assertThat(view.writtenOff()).isEqualTo(sum(5));
    assertThat(view.unsettled()).isEqualTo(sum(20 + 3));
    assertThat(view.unreported()).isEqualTo(sum(10));
    assertThat(view.routerRequests()).isEqualTo(1);
    assertThat(view.routerUsed()).isEqualTo(sum(9));
  }

  /** 5 and 7 of 35 and 16; of them 5 and none by the first block. */
  @Test
  void charges_without_prices_are_a_part_of_what_is_used() {
    SubAccountId one = meter(0, "a");
    AccountEventScript script = AccountEventScript.started(0, 2);
    fund(script, one);
    script.add(meters.recorded(one, List.of(line("r-1", Chain.blockTime(1), 30, UsageSource.DIRECT),
        charge("r-2", Chain.blockTime(1), 5, UsageSource.DIRECT),
        line("r-3", Chain.blockTime(1), 9, UsageSource.ROUTER),
        charge("r-4", Chain.blockTime(2), 7, UsageSource.ROUTER)))).seal(2);
    fixture.process(script.records());
    fixture.process(AccountEventScript.started(1, 2).seal(2).records());

    assertThat(provider(PROVIDER).used()).isEqualTo(sum(35));
    assertThat(provider(PROVIDER).unverifiedUsed()).isEqualTo(sum(5));
    assertThat(provider(PROVIDER).routerUsed()).isEqualTo(sum(16));
    assertThat(provider(PROVIDER).unverifiedRouterUsed()).isEqualTo(sum(7));
    ProviderView first = provider(QueryFixture.at(1));
    assertThat(first.unverifiedUsed()).isEqualTo(sum(5));
    assertThat(first.routerUsed()).isEqualTo(sum(9));
    assertThat(first.unverifiedRouterUsed()).isEqualTo(sum(0));
  }

  private static UsageLine charge(String id, Instant when, long fee, UsageSource source) {
    return Meters.charge(id, when, "model-a", new Units.Unpriced(List.of()), neuron(fee), source, Optional.empty());
  }

  @Test
  void an_unknown_provider_is_not_found() {
    fixture.process(AccountEventScript.started(0, 2).seal().records());
    fixture.process(AccountEventScript.started(1, 2).seal().records());
    assertThatThrownBy(() -> provider(PROVIDER)).isInstanceOfSatisfying(Refusal.class,
        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.PROVIDER_NOT_FOUND));
  }

  @Test
  void there_is_no_answer_until_every_partition_has_sealed_a_block() {
    fixture.process(AccountEventScript.started(0, 2).seal().records());
    assertThatThrownBy(() -> provider(PROVIDER)).isInstanceOf(Refusal.class);
  }

  private SubAccountId meter(int partition, String service) {
    return new SubAccountId(Wallets.inPartition(partition, 0, fixture.partitions()), PROVIDER, ServiceName.of(service));
  }

  private UsageEvent usage(SubAccountId meter, String id, long fee,
      UsageSource source) {
    UsageLine line = Meters.line(id, Chain.blockTime(0), "model-a", new Units.Images(1, neuron(fee)), source,
        Optional.empty());
    return meters.recorded(meter, List.of(line));
  }

  private static void fund(AccountEventScript script, SubAccountId meter) {
    script.deposit(meter.owner(), neuron(100)).transfer(meter, neuron(100));
  }

  /** At a past block: what was completed and settled by then, whatever was reported and settled later. */
  @Test
  void the_sums_of_a_past_block_are_those_of_its_time() {
    SubAccountId one = meter(0, "a");
    AccountEventScript script = AccountEventScript.started(0, 2);
    fund(script, one);
    script.add(meters.recorded(one, List.of(line("r-1", Chain.blockTime(1), 30, UsageSource.DIRECT),
        line("r-2", Chain.blockTime(2), 5, UsageSource.DIRECT), line("r-3", Chain.blockTime(2), 7, UsageSource.ROUTER),
        line("r-4", Chain.blockTime(1).minus(Duration.ofHours(3)), 2, UsageSource.DIRECT))));
    UsageLine wrong = line("r-5", Chain.blockTime(2), 11, UsageSource.DIRECT);
    script.add(meters.recorded(one, List.of(wrong))).add(meters.reversed(one, wrong, Optional.empty()));
    script.settle(one, neuron(10)).seal().settle(one, neuron(15)).seal().settle(one, neuron(1)).seal();
    fixture.process(script.records());
    fixture.process(AccountEventScript.started(1, 2).seal(3).records());

    ProviderView first = provider(QueryFixture.at(1));
    assertThat(first.used()).isEqualTo(sum(32));
    assertThat(first.requests()).isEqualTo(2);
    assertThat(first.settled()).isEqualTo(sum(10));
    assertThat(first.routerUsed()).isEqualTo(sum(0));
    ProviderView second = provider(QueryFixture.at(2));
    assertThat(second.used()).isEqualTo(sum(37));
    assertThat(second.settled()).isEqualTo(sum(25));
    assertThat(second.routerUsed()).isEqualTo(sum(7));
    assertThat(second.unsettled()).isEqualTo(sum(12));
    assertThat(provider(QueryFixture.at(3)).settled()).isEqualTo(sum(26));
    assertThatThrownBy(() -> provider(QueryFixture.at(4))).isInstanceOf(Refusal.class);
  }

  private static UsageLine line(String id, Instant when, long fee, UsageSource source) {
    return Meters.line(id, when, "model-a", new Units.Images(1, neuron(fee)), source, Optional.empty());
  }

  private ProviderView provider(BlockSelector selector) {
    return fixture.globalReads().answer(selector,
        (asOf, db) -> new ProviderQueries().provider(PROVIDER, asOf, selector.isPast(), db));
  }

  private ProviderView provider(WalletAddress provider) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new ProviderQueries().provider(provider, asOf, false, db));
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private static NeuronSum sum(long amount) {
    return NeuronSum.parse(String.valueOf(amount));
  }
}
