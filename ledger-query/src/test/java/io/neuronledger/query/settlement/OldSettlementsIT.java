package io.neuronledger.query.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows that pages read, with a settlement in each of many blocks. */
class OldSettlementsIT {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final long BLOCKS = 20_000;
  private static final int PER_DAY = 144;

  private final QueryFixture fixture = new QueryFixture(1);
  private final List<String> statements = new ArrayList<>();

  @BeforeEach
  void fill() {
    fixture.process(AccountEventScript.started(0, 1).deposit(ID.owner(), Neuron.parse("5"))
        .transfer(ID, Neuron.parse("5")).settle(ID, Neuron.parse("1")).seal().records());
    fixture.db().execute("""
        INSERT INTO settlement (partition, seq, owner, provider, service, block, transaction_index, step, branch,
          block_hash, block_time, asked, amount, written_off, retracted, state)
        SELECT partition, 1000 + nth, owner, provider, service, nth, 0, 0, 0, block_hash,
          block_time + (nth - block) * interval '%d seconds', asked, amount, written_off, FALSE, state
        FROM settlement CROSS JOIN generate_series(2, %d) AS nth""".formatted(Chain.SECONDS_PER_BLOCK, BLOCKS));
    fixture.owner().execute("VACUUM ANALYZE settlement");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void an_old_day_reads_only_its_own_settlements() {
    LocalDate day = LocalDate.parse("2026-01-02");
    SettlementsPage page = page(Optional.empty(), new Period(Optional.of(day), Optional.of(day)), 500);
    assertThat(page.settlements()).hasSize(PER_DAY);
    assertThat(page.settlements().getFirst().position().block()).isEqualTo(2L * PER_DAY - 1);
    assertThat(Plans.rowsRead(fixture.db(), statements.getFirst())).as(statements.getFirst())
        .isLessThan(5L * PER_DAY);
  }

  @Test
  void a_page_of_an_owner_reads_only_its_own_settlements() {
    SettlementsPage page =
        page(Optional.of(ID.owner()), new Period(Optional.empty(), Optional.empty()), PER_DAY);
    assertThat(page.settlements()).hasSize(PER_DAY);
    assertThat(page.settlements().getFirst().position().block()).isEqualTo(BLOCKS);
    assertThat(Plans.rowsRead(fixture.db(), statements.getFirst())).as(statements.getFirst())
        .isLessThan(5L * PER_DAY);
  }

  private SettlementsPage page(Optional<WalletAddress> owner, Period period, int limit) {
    SettlementFilter filter =
        new SettlementFilter(Set.of(), owner, Set.of(), Set.of(), period);
    AsOf asOf = new AsOf(BLOCKS, Chain.blockHash(BLOCKS, 0), Chain.blockTime(BLOCKS), false, Optional.empty(), false);
    return Plans.recording(fixture.db(), statements,
        db -> new SettlementQueries().page(filter, new Page(limit, Optional.empty()), asOf, db));
  }
}
