package io.neuronledger.query.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.LedgersPage;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All ledgers, at the block that every partition has sealed. */
class DirectoryIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final List<WalletAddress> OWNERS = IntStream.range(1, 8).mapToObj(Wallets::wallet).sorted().toList();

  private final DirectoryQueries queries = new DirectoryQueries();

  private LedgersPage page(QueryFixture fixture, int limit, Optional<String> cursor) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.page(new Page(limit, cursor), asOf, db));
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
