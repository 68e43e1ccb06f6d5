package io.neuronledger.query.books.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.books.BookEntries;
import io.neuronledger.query.books.BookHistory;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.States;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.accounting.Hledger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** hledger reads the journal, and its balances are ours, of every account at every month's end. */
class JournalIT {
  private static final int STEPS = 260;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hledger_balances_are_ours_at_every_months_end(long seed) {
    AccountEventScript history = BookHistory.of(seed, STEPS);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      Path all = all(fixture, QueryFixture.NOW);
      assertThat(Hledger.faults(all)).isEmpty();
      long newest = history.block() - 1;
      SortedMap<YearMonth, Map<String, BigInteger>> added = Hledger.balances(all);
      int months = 0;
      for (YearMonth month = monthOf(1); !month.isAfter(monthOf(newest)); month = month.plusMonths(1)) {
        LocalDate end = month.plusMonths(1).atDay(1);
        long block = Math.min(newest, (end.atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1
            - Chain.GENESIS.getEpochSecond()) / Chain.SECONDS_PER_BLOCK);
        assertThat(added.get(month)).as("%s, block %s", month, block)
            .isEqualTo(ours(history, block, fixture, BookHistory.OWNERS));
        months++;
      }
      assertThat(months).as("the history is over several months").isGreaterThan(2);
      for (WalletAddress owner : BookHistory.OWNERS) {
        long past = 1 + newest / 2;
        Path one = one(fixture, owner, QueryFixture.at(past));
        assertThat(Hledger.faults(one)).isEmpty();
        assertThat(Hledger.balances(one).lastEntry().getValue())
            .isEqualTo(ours(history, past, fixture, List.of(owner)));
      }
    }
  }

  @Test
  void hledger_finds_a_changed_amount() throws IOException {
    AccountEventScript history = BookHistory.of(1, STEPS);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      Path all = all(fixture, QueryFixture.NOW);
      String text = Files.readString(all);
      int digit = text.indexOf(" \"0G\"", text.indexOf(":available  ")) - 1;
      Files.writeString(all, text.substring(0, digit) + (text.charAt(digit) == '1' ? '2' : '1')
          + text.substring(digit + 1));
      assertThat(Hledger.faults(all)).isNotEmpty();
    }
  }

  /** On its last day a month is not over yet. */
  @Test
  void balances_are_of_a_month_once_it_is_over() throws IOException {
    int january = (int) (31 * 86_400 / Chain.SECONDS_PER_BLOCK);
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(Wallets.wallet(1), Neuron.parse("1"))
        .seal(january - 1);
    assertThat(monthOf(january)).isEqualTo(monthOf(1).plusMonths(1));
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      assertThat(Files.readString(all(fixture, QueryFixture.NOW)))
          .contains(" at block " + (january - 1) + "\n").doesNotContain(" at the end of ");
      int read = history.records().size();
      fixture.process(history.seal().records().subList(read, history.records().size()));
      assertThat(Files.readString(all(fixture, QueryFixture.NOW)))
          .contains(" at the end of " + monthOf(1) + "\n").doesNotContain(" at block " + january + "\n");
    }
  }

  @Test
  void hledger_reads_books_without_an_entry() throws IOException {
    Path empty = Files.createTempFile(folder, "books", ".journal");
    try (OutputStream out = Files.newOutputStream(empty)) {
      AsOf asOf = new AsOf(1, Chain.blockHash(1, 0), Chain.blockTime(1), false, Optional.empty(), false);
      new Journal(out, Journal.title(Optional.empty(), false), asOf).end();
    }
    assertThat(Hledger.faults(empty)).isEmpty();
    assertThat(Hledger.balances(empty)).isEmpty();
  }

  private static YearMonth monthOf(long block) {
    return YearMonth.from(Chain.blockTime(block).atZone(ZoneOffset.UTC));
  }

  private Path all(QueryFixture fixture, BlockSelector selector) {
    return written(out -> fixture.globalReads().answer(selector, (asOf, db) -> {
      Journal journal = new Journal(out, Journal.title(Optional.empty(), false), asOf);
      BookEntries.ofAll(asOf, db, journal::add);
      journal.end();
      return journal.transactions();
    }));
  }

  private Path one(QueryFixture fixture, WalletAddress owner, BlockSelector selector) {
    return written(out -> fixture.ownerReads().answer(owner, selector, (at, db) -> {
      Journal journal = new Journal(out, Journal.title(Optional.of(owner), false), at.asOf());
      BookEntries.of(owner, at, db, journal::add);
      journal.end();
      return journal.transactions();
    }));
  }

  @FunctionalInterface
  private interface Writes {
    long to(OutputStream out);
  }

  private Path written(Writes writes) {
    try {
      Path file = Files.createTempFile(folder, "books", ".journal");
      try (OutputStream out = Files.newOutputStream(file)) {
        assertThat(writes.to(out)).isPositive();
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The balances of the model and of the stored settlements, without those of zero. */
  private static Map<String, BigInteger> ours(AccountEventScript history, long block, QueryFixture fixture,
      List<WalletAddress> owners) {
    Map<String, BigInteger> expected = new TreeMap<>();
    for (WalletAddress owner : owners) {
      LedgerState state =
          history.sealed().floorEntry(block).getValue().states().getOrDefault(owner, States.UNOPENED);
      BigInteger whole = state.available().value();
      expected.put(Account.available(owner).name(), state.available().value());
      for (var held : state.subAccounts()) {
        SubAccountId id = new SubAccountId(owner, held.provider(), held.service());
        expected.put(Account.free(id).name(), held.balance().value().subtract(held.pendingRefund().value()));
        expected.put(Account.pendingRefund(id).name(), held.pendingRefund().value());
        whole = whole.add(held.balance().value());
      }
      for (Record row : fixture.db().resultQuery("""
          SELECT provider, service, sum(amount::numeric) AS settled FROM settlement
          WHERE NOT retracted AND owner = {0} AND block <= {1} GROUP BY provider, service""", DSL.val(owner.bytes()),
          DSL.val(block)).fetch()) {
        SubAccountId id = new SubAccountId(owner, WalletAddress.of(row.get("provider", byte[].class)),
            ServiceName.of(row.get("service", String.class)));
        BigInteger settled = row.get("settled", BigDecimal.class).toBigIntegerExact();
        expected.put(Account.settled(id).name(), settled);
        whole = whole.add(settled);
      }
      expected.put(Account.outside(owner).name(), whole.negate());
    }
    expected.values().removeIf(amount -> amount.signum() == 0);
    return expected;
  }
}
