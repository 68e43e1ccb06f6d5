package io.neuronledger.query.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.directory.ProvidersPage;
import io.neuronledger.contracts.view.directory.ServicesPage;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All ledgers, at the block that every partition has sealed. */
class DirectoryIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final List<WalletAddress> OWNERS = IntStream.range(1, 8).mapToObj(Wallets::wallet).sorted().toList();

  private final DirectoryQueries queries = new DirectoryQueries();

  private LedgersPage page(QueryFixture fixture, int limit, Optional<String> cursor) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.page(LedgersFilter.all(), new Page(limit, cursor), asOf, false, db));
  }

  /** Two deposits of each owner in blocks 1 and 2; partition 0 has another one in block 3. */
  private static List<AccountRecord> history() {
    List<AccountRecord> records = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      AccountEventScript script = AccountEventScript.started(partition, PARTITIONS.count());
      for (int block = 1; block <= (partition == 0 ? 3 : 2); block++) {
        for (WalletAddress owner : OWNERS) {
          if (PARTITIONS.of(owner) == partition) {
            script.deposit(owner, Neuron.ofZeroG("3"));
          }
        }
        script.seal();
      }
      records.addAll(script.records());
    }
    return records;
  }

  @Test
  void pages_of_any_size_have_every_owner_once_in_order() {
    try (QueryFixture fixture = new QueryFixture(PARTITIONS.count())) {
      fixture.process(history());
      for (int limit : new int[] {1, 2, 3, 6, 7, 8}) {
        List<LedgersPage.Line> lines = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
          LedgersPage page = page(fixture, limit, cursor);
          assertThat(page.asOf().block()).isEqualTo(2);
          assertThat(page.ledgers()).hasSizeBetween(1, limit);
          lines.addAll(page.ledgers());
          cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(lines).extracting(LedgersPage.Line::owner).containsExactlyElementsOf(OWNERS);
        assertThat(lines).as("as of the last block of the lowest partition").allSatisfy(line -> {
          assertThat(line.total()).isEqualTo(Neuron.ofZeroG("6"));
          assertThat(line.state()).isEqualTo(LedgerView.State.OPEN);
          assertThat(line.quarantined()).isFalse();
        });
      }
    }
  }

  @Test
  void locked_amounts_are_included_and_unsealed_states_are_not() {
    WalletAddress owner = OWNERS.getFirst();
    SubAccountId account = new SubAccountId(owner, Wallets.wallet(9), ServiceName.of("inference-v1.0"));
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(AccountEventScript.started(0, 1).deposit(owner, Neuron.ofZeroG("10")).seal()
          .transfer(account, Neuron.ofZeroG("4.000000000000000001")).seal()
          .deposit(OWNERS.get(1), Neuron.ofZeroG("3")).records());
      assertThat(page(fixture, 50, Optional.empty()).ledgers()).containsExactly(new LedgersPage.Line(owner, false,
          LedgerView.State.OPEN, Neuron.ofZeroG("5.999999999999999999"), Neuron.ofZeroG("4.000000000000000001"),
          Neuron.ofZeroG("10")));
    }
  }

  @Test
  void what_a_quarantined_owner_did_after_its_answers_froze_does_not_list_it() {
    WalletAddress owner = OWNERS.getFirst();
    AccountEventScript script = AccountEventScript.started(0, 1).seal()
        .deposit(owner, Neuron.ofZeroG("3")).seal().retract(2).seal()
        .deposit(owner, Neuron.ofZeroG("3")).withdraw(owner, Neuron.ofZeroG("3"));
    script.add(new PartitionEvent.OwnerQuarantined(owner, script.cause().position(), "no such call")).seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(script.records());
      assertThat(page(fixture, 50, Optional.empty()).asOf().block()).isEqualTo(3);
      assertThat(page(fixture, 50, Optional.empty()).ledgers()).isEmpty();
    }
  }

  private static LedgersFilter filter(Set<LedgerView.State> state, Set<WalletAddress> provider,
      Set<RefundView.State> refunds) {
    return new LedgersFilter(state, provider, refunds, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static LedgersFilter since(Instant time) {
    return new LedgersFilter(Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(),
        Optional.of(new PointInTime(time)));
  }

  private List<WalletAddress> owners(QueryFixture fixture, LedgersFilter filter, BlockSelector selector) {
    return fixture.globalReads().answer(selector, (asOf, db) -> queries.page(filter, new Page(50, Optional.empty()),
        asOf, selector.isPast(), db)).ledgers().stream().map(LedgersPage.Line::owner).toList();
  }

  @Test
  void ledgers_are_found_by_each_filter_now_and_at_a_past_block() {
    WalletAddress rich = OWNERS.get(0);
    WalletAddress closed = OWNERS.get(1);
    WalletAddress refunding = OWNERS.get(2);
    WalletAddress provider = Wallets.wallet(9);
    WalletAddress other = Wallets.wallet(10);
    ServiceName service = ServiceName.of("inference-v1.0");
    SubAccountId account = new SubAccountId(refunding, provider, service);
    AccountEventScript script = AccountEventScript.started(0, 1).lockPeriod(service, Duration.ofSeconds(20))
        .deposit(closed, neuron("5")).deposit(refunding, neuron("50")).transfer(account, neuron("40"))
        .transfer(new SubAccountId(refunding, other, service), neuron("1")).request(account, neuron("10")).seal();
    script.deposit(rich, neuron("100")).seal().withdraw(closed, neuron("5")).seal();
    script.add(new Meters().recorded(new SubAccountId(closed, provider, service),
        List.of(Meters.line("r-1", Chain.blockTime(9), 3)))).seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(script.records());
      BlockSelector now = QueryFixture.NOW;
      assertThat(owners(fixture, LedgersFilter.all(), now)).containsExactly(rich, closed, refunding);
      assertThat(owners(fixture, LedgersFilter.all(), QueryFixture.at(1))).containsExactly(closed, refunding);
      Set<LedgerView.State> none = Set.of();
      assertThat(owners(fixture, filter(Set.of(LedgerView.State.CLOSED), Set.of(), Set.of()), now))
          .containsExactly(closed);
      assertThat(owners(fixture, filter(Set.of(LedgerView.State.OPEN), Set.of(), Set.of()), now))
          .containsExactly(rich, refunding);
      assertThat(owners(fixture, filter(Set.of(LedgerView.State.OPEN), Set.of(), Set.of()), QueryFixture.at(2)))
          .containsExactly(rich, closed, refunding);
      assertThat(owners(fixture, filter(none, Set.of(provider, Wallets.wallet(11)), Set.of()), now))
          .containsExactly(refunding);
      assertThat(owners(fixture, filter(none, Set.of(Wallets.wallet(11)), Set.of()), now)).isEmpty();
      assertThat(owners(fixture, filter(none, Set.of(), Set.of(RefundView.State.WAITING)), QueryFixture.at(1)))
          .containsExactly(refunding);
      assertThat(owners(fixture, filter(none, Set.of(), Set.of(RefundView.State.CLAIMABLE)), QueryFixture.at(1)))
          .isEmpty();
      assertThat(owners(fixture, filter(none, Set.of(), Set.of(RefundView.State.CLAIMABLE)), now))
          .containsExactly(refunding);
      assertThat(owners(fixture, filter(none, Set.of(other), Set.of(RefundView.State.CLAIMABLE)), now)).isEmpty();
      assertThat(owners(fixture, new LedgersFilter(none, Set.of(), Set.of(), Optional.of(neuron("50")),
          Optional.empty(), Optional.empty()), now)).containsExactly(rich, refunding);
      assertThat(owners(fixture, new LedgersFilter(none, Set.of(), Set.of(), Optional.of(neuron("51")),
          Optional.of(neuron("0")), Optional.empty()), now)).containsExactly(rich);
      assertThat(owners(fixture, new LedgersFilter(none, Set.of(), Set.of(), Optional.empty(),
          Optional.of(neuron("10")), Optional.empty()), now)).containsExactly(rich);
      assertThat(owners(fixture, since(Chain.blockTime(1)), now)).isEmpty();
      assertThat(owners(fixture, since(Chain.blockTime(1).plusMillis(1)), now)).containsExactly(refunding);
      assertThat(owners(fixture, since(Chain.blockTime(9)), now)).containsExactly(rich, refunding);
      assertThat(owners(fixture, since(Chain.blockTime(9).plusMillis(1)), now))
          .containsExactly(rich, closed, refunding);
      assertThat(owners(fixture, since(Chain.blockTime(4)), QueryFixture.at(4))).as("its request came later")
          .containsExactly(rich, closed, refunding);
    }
  }

  /** Few or none match among many: a page looks at a thousand owners and says that there may be more. */
  @Test
  void a_page_of_a_filter_that_matches_little_is_bounded_and_goes_on() {
    int many = 2 * DirectoryQueries.OWNERS_MAX + 10;
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(AccountEventScript.started(0, 1).seal().seal().records());
      fixture.db().execute("""
          INSERT INTO ledger_state SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), 1, 0, 0, TRUE, TRUE,
            CASE WHEN n IN (1, %d, %d) THEN 9 ELSE 1 END, 0 FROM generate_series(1, %d) AS n"""
          .formatted(DirectoryQueries.OWNERS_MAX, many, many));
      LedgersFilter rich = new LedgersFilter(Set.of(), Set.of(), Set.of(), Optional.of(neuron("5")), Optional.empty(),
          Optional.empty());
      List<Integer> sizes = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        Page page = new Page(50, cursor);
        LedgersPage found = fixture.globalReads().answer(QueryFixture.NOW,
            (asOf, db) -> queries.page(rich, page, asOf, false, db));
        assertThat(found.hasMore()).isEqualTo(found.nextCursor().isPresent());
        sizes.add(found.ledgers().size());
        cursor = found.nextCursor();
      } while (cursor.isPresent());
      assertThat(sizes).containsExactly(2, 0, 1);
    }
  }

  private static Neuron neuron(String amount) {
    return Neuron.parse(amount);
  }

  @Test
  void providers_and_services_are_listed_once_each_in_order() {
    ServiceName service = ServiceName.of("inference-v1.0");
    SubAccountId one = new SubAccountId(OWNERS.get(0), Wallets.wallet(9), service);
    SubAccountId two = new SubAccountId(OWNERS.get(1), Wallets.wallet(8), ServiceName.of("a,b"));
    SubAccountId routed = new SubAccountId(OWNERS.get(1), Wallets.wallet(7), ServiceName.of("z"));
    SubAccountId unknown = new SubAccountId(OWNERS.get(1), Wallets.wallet(5), ServiceName.of("misspelt"));
    Meters meters = new Meters();
    AccountEventScript script = AccountEventScript.started(0, 1).known(routed.service())
        .lockPeriod(service, Duration.ofSeconds(20))
        .deposit(one.owner(), neuron("50")).transfer(one, neuron("40")).deposit(two.owner(), neuron("9"))
        .transfer(two, neuron("5")).settle(two, neuron("1")).seal();
    script.add(meters.recorded(one, List.of(Meters.line("r-1", Chain.blockTime(1), 3),
        Meters.line("r-2", Chain.blockTime(1), "model-b", new Units.Images(1, neuron("2")), UsageSource.DIRECT,
            Optional.empty()))));
    script.add(meters.recorded(routed, List.of(Meters.line("r-3", Chain.blockTime(1), "model-a",
        new Units.Images(1, neuron("2")), UsageSource.ROUTER, Optional.empty()))));
    script.add(meters.recorded(unknown, List.of(Meters.line("r-4", Chain.blockTime(1), "model-of-nobody",
        new Units.Images(1, neuron("2")), UsageSource.DIRECT, Optional.empty())))).seal();
    script.transfer(new SubAccountId(one.owner(), Wallets.wallet(6), ServiceName.of("unsealed")), neuron("1"));
    Instant hour = Chain.blockTime(1).truncatedTo(ChronoUnit.HOURS);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(script.records());
      List<ProvidersPage.Line> providers = new ArrayList<>();
      List<ServicesPage.Line> services = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        Page page = new Page(1, cursor);
        ProvidersPage found = fixture.globalReads().answer(QueryFixture.NOW,
            (asOf, db) -> NamesQueries.providers(page, asOf, db));
        providers.addAll(found.providers());
        cursor = found.nextCursor();
      } while (cursor.isPresent());
      do {
        Page page = new Page(1, cursor);
        ServicesPage found = fixture.globalReads().answer(QueryFixture.NOW,
            (asOf, db) -> NamesQueries.services(page, asOf, db));
        services.addAll(found.services());
        cursor = found.nextCursor();
      } while (cursor.isPresent());
      assertThat(providers).containsExactly(
          new ProvidersPage.Line(routed.provider(), Optional.of(hour), Optional.empty()),
          new ProvidersPage.Line(two.provider(), Optional.empty(), Optional.of(Chain.blockTime(1))),
          new ProvidersPage.Line(one.provider(), Optional.of(hour), Optional.empty()));
      long usual = RefundRules.LOCK_PERIOD_DEFAULT.toSeconds();
      assertThat(services).containsExactly(new ServicesPage.Line(two.service(), usual),
          new ServicesPage.Line(service, 20), new ServicesPage.Line(routed.service(), usual));
    }
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    try (QueryFixture fixture = new QueryFixture(PARTITIONS.count())) {
      fixture.process(history());
      for (String cursor : List.of("", "x", Page.cursor("settlements1", OWNERS.getFirst().value()),
          Page.cursor("ledgers1", "0x12"))) {
        assertThatThrownBy(() -> page(fixture, 1, Optional.of(cursor))).as(cursor).isInstanceOf(BadCursor.class);
      }
    }
  }
}
