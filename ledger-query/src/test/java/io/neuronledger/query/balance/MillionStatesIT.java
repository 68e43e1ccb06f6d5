package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.RefundsPage;
import io.neuronledger.contracts.view.SubAccountsAnswer;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many states of one owner with a state in every block, and as many of others. An answer at any block takes one index
 * lookup per account, independent of the number of states: {@code -Drows=1000000} makes a million of both.
 */
class MillionStatesIT {
  private static final int BLOCKS = Integer.getInteger("rows", 200_000) / 2;
  private static final SubAccountId BUSY =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private static QueryFixture fixture;

  @BeforeAll
  static void seed() {
    fixture = new QueryFixture(1);
    fixture.process(AccountEventScript.started(0, 1).deposit(BUSY.owner(), Neuron.parse("9"))
        .transfer(BUSY, Neuron.parse("4")).request(BUSY, Neuron.parse("2")).seal().records());
    String owner = HexFormat.of().formatHex(BUSY.owner().bytes());
    String provider = HexFormat.of().formatHex(BUSY.provider().bytes());
    fixture.db().execute("""
        INSERT INTO ledger_state
        SELECT decode('%s', 'hex'), n, 1, 0, TRUE, TRUE, n, 4 FROM generate_series(2, %d) AS n
        UNION ALL SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), 1, 1, 0, TRUE, TRUE, n, 4
        FROM generate_series(2, %d) AS n""".formatted(owner, BLOCKS, BLOCKS));
    fixture.db().execute("""
        INSERT INTO sub_account_state
        SELECT decode('%s', 'hex'), decode('%s', 'hex'), 'inference-v1.0', n, 1, 0, TRUE, n, 0, FALSE, '[]'::jsonb
        FROM generate_series(2, %d) AS n
        UNION ALL SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), decode('%s', 'hex'), 'inference-v1.0', 1, 1, 0,
          TRUE, n, 0, FALSE, '[]'::jsonb FROM generate_series(2, %d) AS n"""
          .formatted(owner, provider, BLOCKS, provider, BLOCKS));
    fixture.db().execute("""
        INSERT INTO sub_account SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), decode('%s', 'hex'), 'inference-v1.0'
        FROM generate_series(2, %d) AS n""".formatted(provider, BLOCKS));
    fixture.db().execute("""
        INSERT INTO block SELECT n, decode(lpad(to_hex(n), 64, '0'), 'hex'), now()
        FROM generate_series(2, %d) AS n"""
        .formatted(BLOCKS));
    fixture.db().execute("UPDATE blocks_position SET newest_block = " + BLOCKS);
    fixture.db().execute("UPDATE partition SET sealed_block = " + BLOCKS + ", sealed_seq = next_seq - 1");
    for (String table : List.of("ledger_state", "sub_account_state", "sub_account", "block")) {
      fixture.owner().execute("VACUUM ANALYZE " + table);
    }
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void a_ledger_at_any_block_is_one_index_lookup() {
    for (long block : List.of(2L, BLOCKS / 2L, (long) BLOCKS)) {
      List<String> statements = new ArrayList<>();
      LedgerView ledger = Plans.recording(fixture.db(), statements, db -> fixture.ownerReads().answer(BUSY.owner(),
          QueryFixture.at(block), (at, _) -> new BalanceQueries(QueryFixture.JSON).ledger(BUSY.owner(), at, db)));
      assertThat(ledger.available()).isEqualTo(Neuron.parse(String.valueOf(block)));
      assertThat(statements).hasSize(1);
      assertThat(Plans.rowsRead(fixture.db(), statements.getFirst())).as(statements.getFirst()).isEqualTo(1);
      assertThat(Plans.of(fixture.db(), statements.getFirst()).toString()).contains("ledger_state_pk");
    }
  }

  @Test
  void its_sub_accounts_are_one_lookup_each() {
    List<String> statements = new ArrayList<>();
    SubAccountsAnswer answer = Plans.recording(fixture.db(), statements, db -> fixture.ownerReads().answer(BUSY.owner(),
        QueryFixture.at(BLOCKS / 2), (at, _) -> new BalanceQueries(QueryFixture.JSON)
            .subAccounts(BUSY.owner(), at, db)));
    assertThat(statements).hasSize(1);
    assertThat(answer.subAccounts().getFirst().balance()).isEqualTo(Neuron.parse(String.valueOf(BLOCKS / 2)));
    for (String statement : statements) {
      assertThat(Plans.rowsRead(fixture.db(), statement)).as(statement).isLessThan(10);
    }
  }

  /** Many sub-accounts, none with an active refund: the list reads none of them. */
  @Test
  void the_list_of_refunds_reads_only_sub_accounts_with_refunds() {
    List<String> statements = new ArrayList<>();
    fixture.db().execute("UPDATE sub_account SET refunds_pending = FALSE WHERE refunds_pending");
    RefundsPage page =
        Plans.recording(fixture.db(), statements, db -> fixture.globalReads().answer(QueryFixture.NOW, (asOf, _) ->
        new RefundQueries(QueryFixture.JSON).page(new RefundFilter(Optional.empty(), Set.of(), Set.of(),
            Set.of()), new Page(50, Optional.empty()), asOf, db)));
    assertThat(page.refunds()).isEmpty();
    assertThat(Plans.rowsRead(fixture.db(), statements.getLast())).as(statements.getLast()).isLessThan(BLOCKS * 2L / 5);
  }
}
