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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A million states: of one owner who had a state in every block, and of as many others. An answer at any block is one
 * index lookup per account, however much there is.
 */
class MillionStatesIT {
  private static final int BLOCKS = 500_000;
  private static final SubAccountId BUSY =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private static QueryFixture stage;

  @BeforeAll
  static void seed() {
    stage = new QueryFixture(1);
    stage.take(AccountEventScript.begun(0, 1).deposit(BUSY.owner(), Neuron.parse("9")).transfer(BUSY, Neuron.parse("4"))
        .request(BUSY, Neuron.parse("2")).seal().records());
    String owner = HexFormat.of().formatHex(BUSY.owner().bytes());
    String provider = HexFormat.of().formatHex(BUSY.provider().bytes());
    stage.db().execute("""
        INSERT INTO ledger_state
        SELECT decode('%s', 'hex'), n, 1, 0, TRUE, TRUE, n, 4 FROM generate_series(2, %d) AS n
        UNION ALL SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), 1, 1, 0, TRUE, TRUE, n, 4
        FROM generate_series(2, %d) AS n""".formatted(owner, BLOCKS, BLOCKS));
    stage.db().execute("""
        INSERT INTO sub_account_state
        SELECT decode('%s', 'hex'), decode('%s', 'hex'), 'inference-v1.0', n, 1, 0, TRUE, n, 0, FALSE, '[]'::jsonb
        FROM generate_series(2, %d) AS n
        UNION ALL SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), decode('%s', 'hex'), 'inference-v1.0', 1, 1, 0,
          TRUE, n, 0, FALSE, '[]'::jsonb FROM generate_series(2, %d) AS n""".formatted(owner, provider, BLOCKS, provider, BLOCKS));
    stage.db().execute("""
        INSERT INTO sub_account SELECT decode(lpad(to_hex(n), 40, '0'), 'hex'), decode('%s', 'hex'), 'inference-v1.0'
        FROM generate_series(2, %d) AS n""".formatted(provider, BLOCKS));
    stage.db().execute("""
        INSERT INTO block SELECT n, 0, decode(lpad(to_hex(n), 64, '0'), 'hex'), now()
        FROM generate_series(2, %d) AS n"""
        .formatted(BLOCKS));
    stage.db().execute("UPDATE partition SET sealed_block = " + BLOCKS + ", sealed_seq = next_seq - 1");
    for (String table : List.of("ledger_state", "sub_account_state", "sub_account", "block")) {
      stage.db().execute("VACUUM ANALYZE " + table);
    }
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void a_ledger_at_any_block_is_one_index_lookup() {
    for (long block : List.of(2L, BLOCKS / 2L, (long) BLOCKS)) {
      List<String> statements = new ArrayList<>();
      LedgerView ledger = Plans.recording(stage.db(), statements, db -> stage.answers().answer(BUSY.owner(),
          QueryFixture.at(block), (at, _) -> new BalanceQueries(QueryFixture.JSON).ledger(BUSY.owner(), at, db)));
      assertThat(ledger.available()).isEqualTo(Neuron.parse(String.valueOf(block)));
      assertThat(statements).hasSize(1);
      assertThat(Plans.rowsRead(stage.db(), statements.getFirst())).as(statements.getFirst()).isEqualTo(1);
      assertThat(Plans.of(stage.db(), statements.getFirst()).toString()).contains("ledger_state_pk");
    }
  }

  @Test
  void its_sub_accounts_are_one_lookup_each() {
    List<String> statements = new ArrayList<>();
    SubAccountsAnswer answer = Plans.recording(stage.db(), statements, db -> stage.answers().answer(BUSY.owner(),
        QueryFixture.at(BLOCKS / 2), (at, _) -> new BalanceQueries(QueryFixture.JSON)
            .subAccounts(BUSY.owner(), at, db)));
    assertThat(answer.subAccounts().getFirst().balance()).isEqualTo(Neuron.parse(String.valueOf(BLOCKS / 2)));
    for (String statement : statements) {
      assertThat(Plans.rowsRead(stage.db(), statement)).as(statement).isLessThan(10);
    }
  }

  /** A million sub-accounts, none with a refund now: the list looks at none of them. */
  @Test
  void the_list_of_refunds_looks_only_where_refunds_are() {
    List<String> statements = new ArrayList<>();
    stage.db().execute("UPDATE sub_account SET refunds_pending = FALSE WHERE refunds_pending");
    RefundsPage page =
        Plans.recording(stage.db(), statements, db -> stage.overall().answer(QueryFixture.NOW, (asOf, _) ->
        new RefundQueries(QueryFixture.JSON).page(new RefundFilter(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty()), new Page(50, Optional.empty()), asOf, db)));
    assertThat(page.refunds()).isEmpty();
    assertThat(Plans.rowsRead(stage.db(), statements.getLast())).as(statements.getLast()).isLessThan(200_000);
  }
}
