package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Blocks are ten minutes apart. */
class RefundsIT {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final RefundFilter ALL =
      new RefundFilter(Optional.empty(), Set.of(), Set.of(), Set.of());

  private static SubAccountId subAccount(WalletAddress owner, int provider) {
    return new SubAccountId(owner, Wallets.wallet(provider), INFERENCE);
  }

  @Test
  void a_refund_is_claimable_from_the_very_block_in_which_its_lock_passes() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      SubAccountId id = subAccount(Wallets.wallet(1), 7);
      AccountEventScript script = AccountEventScript.started(0, 1).lockPeriod(INFERENCE, Duration.ofMinutes(30))
          .deposit(id.owner(), Neuron.parse("10")).transfer(id, Neuron.parse("6")).request(id, Neuron.parse("6"))
          .seal(3);
      fixture.process(script.records());
      assertThat(states(fixture)).containsExactly(RefundView.State.WAITING);
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds().getFirst().refund().remainingSeconds())
          .isEqualTo(600);
      assertThat(page(fixture, in(RefundView.State.CLAIMABLE), 10, Optional.empty()).refunds()).isEmpty();

      fixture.process(script.seal().records());
      assertThat(states(fixture)).containsExactly(RefundView.State.CLAIMABLE);
      assertThat(page(fixture, in(RefundView.State.CLAIMABLE), 10, Optional.empty()).refunds()).singleElement()
          .satisfies(line -> {
            assertThat(line.owner()).isEqualTo(id.owner());
            assertThat(line.refund().amount()).isEqualTo(Neuron.parse("6"));
            assertThat(line.refund().unlocksAt()).isEqualTo(Chain.blockTime(4));
            assertThat(line.quarantined()).isFalse();
          });
      assertThat(page(fixture, in(RefundView.State.WAITING), 10, Optional.empty()).refunds()).isEmpty();

      fixture.process(script.lockPeriod(INFERENCE, Duration.ofMinutes(1)).lockPeriod(INFERENCE, Duration.ofHours(2))
          .seal().records());
      assertThat(states(fixture)).containsExactly(RefundView.State.WAITING);
    }
  }

  /** One partition already has a state without the refund; the answer is as of the block of the other partition. */
  @Test
  void later_blocks_of_one_partition_are_excluded() {
    Partitions partitions = new Partitions(2);
    try (QueryFixture fixture = new QueryFixture(2)) {
      SubAccountId id = subAccount(Wallets.inPartition(0, 0, partitions), 7);
      AccountEventScript ahead = AccountEventScript.started(0, 2).deposit(id.owner(), Neuron.parse("10"))
          .transfer(id, Neuron.parse("6"))
          .request(id, Neuron.parse("6")).seal();
      AccountEventScript behind = AccountEventScript.started(1, 2).seal();
      fixture.process(ahead.records());
      fixture.process(behind.records());
      ahead.seal().restate(id.owner(), new LedgerState(true, Neuron.parse("10"), List.of())).seal();
      fixture.process(ahead.records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).hasSize(1);

      fixture.process(behind.seal(2).records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).isEmpty();
    }
  }

  /** After a comparison the sealed block is restated, and sealed again; the refund is there until then. */
  @Test
  void a_restated_block_is_shown_once_it_is_sealed_again() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      SubAccountId id = subAccount(Wallets.wallet(1), 7);
      AccountEventScript script = AccountEventScript.started(0, 1).deposit(id.owner(), Neuron.parse("10"))
          .transfer(id, Neuron.parse("6")).request(id, Neuron.parse("6")).seal()
          .restate(id.owner(), new LedgerState(true, Neuron.parse("10"), List.of()));
      fixture.process(script.records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).hasSize(1);

      script.add(new PartitionEvent.BlockSealed(1, Chain.blockHash(1, 0), Chain.blockTime(1), 0, -1, 9));
      fixture.process(script.records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).isEmpty();
    }
  }

  /** The owner's answers are frozen at block 1; a processed part of block 2 removes the refund. */
  @Test
  void an_incomplete_block_of_a_quarantined_owner_is_excluded() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      SubAccountId id = subAccount(Wallets.wallet(1), 7);
      AccountEventScript script = AccountEventScript.started(0, 1).deposit(id.owner(), Neuron.parse("10"))
          .transfer(id, Neuron.parse("6"))
          .request(id, Neuron.parse("6")).seal();
      script.restate(id.owner(), new LedgerState(true, Neuron.parse("10"), List.of()))
          .add(new PartitionEvent.OwnerQuarantined(id.owner(), new ChainPosition(2, 1, 0), "odd")).seal();
      fixture.process(script.records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).singleElement()
          .satisfies(line -> assertThat(line.quarantined()).isTrue());

      fixture.process(script.add(new PartitionEvent.OwnerReleased(id.owner())).seal().records());
      assertThat(page(fixture, ALL, 10, Optional.empty()).refunds()).isEmpty();
    }
  }

  /** For random histories, the list has the same refunds as the answers of the sub-accounts. */
  @Property(tries = 20)
  void the_list_equals_the_refunds_of_the_sub_accounts(@ForAll long seed) {
    History history = History.of(seed, 0, 1, 120);
    List<AccountRecord> records = history.records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      int half = records.size() / 2;
      fixture.process(records.subList(0, half));
      fixture.process(records.subList(half, records.size()));
      List<String> expected = new ArrayList<>();
      for (WalletAddress owner : new TreeSet<>(history.owners())) {
        if (history.script().sealed().lastEntry().getValue().everOpen().contains(owner)) {
          SubAccountAnswers.of(fixture, owner).forEach(account -> account.refunds().forEach(refund ->
              expected.add(owner + " " + account.service() + " " + account.provider() + " " + refund)));
        }
      }
      List<String> listed = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        RefundsPage page = page(fixture, ALL, 2, cursor);
        page.refunds().forEach(line -> listed.add(
            line.owner() + " " + line.service() + " " + line.provider() + " " + line.refund()));
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void filters_apply_and_a_foreign_cursor_is_refused() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      AccountEventScript script = AccountEventScript.started(0, 1);
      for (Map.Entry<Integer, Integer> pair : List.of(Map.entry(1, 7), Map.entry(1, 8), Map.entry(2, 7))) {
        SubAccountId id = subAccount(Wallets.wallet(pair.getKey()), pair.getValue());
        script.deposit(id.owner(), Neuron.parse("10")).transfer(id, Neuron.parse("6")).request(id, Neuron.parse("6"));
      }
      fixture.process(script.seal().records());
      assertThat(page(fixture, new RefundFilter(Optional.of(Wallets.wallet(1)), Set.of(), Set.of(),
          Set.of()), 10, Optional.empty()).refunds()).hasSize(2);
      assertThat(page(fixture, new RefundFilter(Optional.empty(), Set.of(Wallets.wallet(7)),
          Set.of(INFERENCE), Set.of(RefundView.State.WAITING)), 10, Optional.empty()).refunds()).hasSize(2);
      assertThat(page(fixture, new RefundFilter(Optional.empty(), Set.of(),
          Set.of(ServiceName.of("fine-tuning-v1.0")), Set.of()), 10, Optional.empty()).refunds())
          .isEmpty();
      for (String cursor : List.of("x", Page.cursor("refunds1", "zz", "a", "", "b", "c"),
          Page.cursor("refunds1", "", "a", "", "yesterday", "c"), Page.cursor("settlements1", "a"))) {
        assertThatThrownBy(() -> page(fixture, ALL, 10, Optional.of(cursor))).isInstanceOfSatisfying(Refusal.class,
            refused -> assertThat(refused.code()).isEqualTo(ProblemCode.BAD_CURSOR));
      }
    }
  }

  private static RefundFilter in(RefundView.State state) {
    return new RefundFilter(Optional.empty(), Set.of(), Set.of(), Set.of(state));
  }

  private static List<RefundView.State> states(QueryFixture fixture) {
    return page(fixture, ALL, 10, Optional.empty()).refunds().stream().map(line -> line.refund().state()).toList();
  }

  private static RefundsPage page(QueryFixture fixture, RefundFilter filter, int limit, Optional<String> cursor) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new RefundQueries(QueryFixture.JSON).page(filter, new Page(limit, cursor), asOf, db));
  }
}
