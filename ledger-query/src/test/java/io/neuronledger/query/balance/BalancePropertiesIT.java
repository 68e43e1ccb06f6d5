package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.States;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** For random histories, the state at each block equals that of a model that stores every state. */
class BalancePropertiesIT {
  private static final int PARTITIONS = 2;
  private static final int STEPS = 120;
  private static final Duration LOCK_DEFAULT = Duration.ofHours(24);

  private final BalanceQueries queries = new BalanceQueries(QueryFixture.JSON);

  @Property(tries = 40)
  void every_valid_block_has_its_state(@ForAll long seed) {
    History first = History.of(seed, 0, PARTITIONS, STEPS);
    History second = History.of(seed, 1, PARTITIONS, STEPS);
    try (QueryFixture fixture = new QueryFixture(PARTITIONS)) {
      Random cuts = new Random(seed);
      processInPieces(fixture, first.records(), cuts);
      processInPieces(fixture, second.records(), cuts);
      check(fixture, first);
      check(fixture, second);
    }
  }

  @Property(tries = 15)
  void every_prefix_is_visible_up_to_its_last_seal(@ForAll long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, STEPS / 2).records();
    try (QueryFixture piecemeal = new QueryFixture(1)) {
      for (AccountRecord record : records) {
        piecemeal.process(List.of(record));
        assertThat(piecemeal.visible())
            .isEqualTo(QueryFixture.visibleAfter(records.subList(0, (int) record.seq() + 1)));
      }
    }
  }

  private static void processInPieces(QueryFixture fixture, List<AccountRecord> records, Random cuts) {
    List<AccountRecord> rest = new ArrayList<>(records);
    while (!rest.isEmpty()) {
      List<AccountRecord> piece = rest.subList(0, Math.min(rest.size(), 1 + cuts.nextInt(60)));
      fixture.process(piece);
      piece.clear();
    }
  }

  private void check(QueryFixture fixture, History history) {
    history.script().sealed().forEach((block, sealed) -> {
      for (WalletAddress owner : history.owners()) {
        check(fixture, owner, sealed, QueryFixture.at(block));
      }
    });
    for (WalletAddress owner : history.owners()) {
      check(fixture, owner, history.script().sealed().lastEntry().getValue(), QueryFixture.NOW);
    }
  }

  private void check(QueryFixture fixture, WalletAddress owner, AccountEventScript.Sealed sealed,
      BlockSelector selector) {
    LedgerState expected = sealed.states().getOrDefault(owner, States.UNOPENED);
    Optional<LedgerView> found = ledger(fixture, owner, selector)
        .filter(ledger -> ledger.state() != LedgerView.State.NOT_OPENED);
    assertThat(found.isPresent()).as("%s at %s is found", owner, sealed.block())
        .isEqualTo(sealed.everOpen().contains(owner));
    found.ifPresent(ledger -> {
      assertThat(ledger.asOf().block()).isEqualTo(sealed.block());
      assertThat(ledger.asOf().blockHash()).isEqualTo(Chain.blockHash(sealed.block(), sealed.branch()));
      assertThat(ledger.available()).isEqualTo(expected.available());
      assertThat(ledger.total()).isEqualTo(States.total(expected));
      assertThat(ledger.state() == LedgerView.State.OPEN).isEqualTo(expected.open());
      assertThat(subAccounts(fixture, owner, selector)).isEqualTo(expectedViews(expected, sealed));
    });
  }

  private Optional<LedgerView> ledger(QueryFixture fixture, WalletAddress owner, BlockSelector selector) {
    try {
      return Optional.of(fixture.ownerReads().answer(owner, selector, (at, db) -> queries.ledger(owner, at, db)));
    } catch (Refusal e) {
      assertThat(e.code()).isEqualTo(ProblemCode.LEDGER_NOT_FOUND);
      return Optional.empty();
    }
  }

  private List<SubAccountView> subAccounts(QueryFixture fixture, WalletAddress owner, BlockSelector selector) {
    return fixture.ownerReads().answer(owner, selector, (at, db) -> queries.subAccounts(owner, at, db)).subAccounts()
        .stream().map(BalancePropertiesIT::chainPart).toList();
  }

  private static List<SubAccountView> expectedViews(LedgerState state, AccountEventScript.Sealed sealed) {
    Instant now = Chain.blockTime(sealed.block());
    return state.subAccounts().stream().map(held -> view(held, sealed.terms(), now)).toList();
  }

  /** The expected view, computed independently. */
  private static SubAccountView view(SubAccountState held, Map<ServiceName, Duration> terms, Instant now) {
    Duration lock = terms.getOrDefault(held.service(), LOCK_DEFAULT);
    List<RefundView> refunds = new ArrayList<>();
    Neuron pending = Neuron.ZERO;
    for (var refund : held.refunds()) {
      pending = pending.plus(refund.amount());
      long missing = refund.requestedAt().getEpochSecond() + lock.toSeconds() - now.getEpochSecond();
      refunds.add(new RefundView(refund.id(), refund.amount(), refund.requestedAt(),
          refund.requestedAt().plusSeconds(lock.toSeconds()),
          missing > 0 ? RefundView.State.WAITING : RefundView.State.CLAIMABLE, missing > 0 ? missing : 0));
    }
    return chainPart(held.provider(), held.service(), held.balance(), pending, held.acknowledged(), refunds);
  }

  /** The view without usage and settlements, which have properties of their own. */
  private static SubAccountView chainPart(SubAccountView view) {
    assertThat(view.free()).isEqualTo(view.balance().minus(view.pendingRefund()));
    return chainPart(view.provider(), view.service(), view.balance(), view.pendingRefund(), view.acknowledged(),
        view.refunds());
  }

  private static SubAccountView chainPart(WalletAddress provider, ServiceName service, Neuron balance, Neuron pending,
      boolean acknowledged, List<RefundView> refunds) {
    return new SubAccountView(provider, service, balance, pending, balance.minus(pending), NeuronSum.ZERO,
        NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, acknowledged,
        refunds);
  }
}
