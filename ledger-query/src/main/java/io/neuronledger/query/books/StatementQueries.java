package io.neuronledger.query.books;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;
import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer.Movement;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.StoredBlocks;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.audit.EntryPeriod;
import io.neuronledger.query.audit.journal.SeqRange;
import io.neuronledger.query.books.BookEntries.BookEntry;
import io.neuronledger.query.db.tables.SubAccountState;
import io.neuronledger.query.request.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/**
 * Reads a statement: balances from the states of the blocks before the period and at its end, movements from the
 * entries in between. So the two sides of opening + movements = closing are read from different tables.
 */
final class StatementQueries {
  /** The most of each kind of line: a statement is written for people, and held in memory. */
  static final int LINES_MAX = 20_000;

  private static final SubAccountState STATE = SUB_ACCOUNT_STATE.as("state");
  private static final Field<BigDecimal> REQUESTS = sum(USAGE_HOUR.REQUESTS).as("sum_requests");
  private static final Field<BigDecimal> FEES = sum(USAGE_HOUR.FEES.cast(BigDecimal.class)).as("sum_fees");

  private final int linesMax;

  StatementQueries() {
    this(LINES_MAX);
  }

  /** @param linesMax the most movements, sub-accounts and lines of usage of a statement, of each; above zero */
  StatementQueries(int linesMax) {
    this.linesMax = linesMax;
  }

  /** Why an account has changed. */
  private enum Reason { DEPOSITED, WITHDRAWN, TRANSFERRED, REFUNDED, SETTLED, ADJUSTED }

  private record Held(Neuron balance, Neuron pendingRefund) {
    static final Held NOTHING = new Held(Neuron.ZERO, Neuron.ZERO);
  }

  /** The sums of one account. */
  private static final class Sums {
    private final Map<Reason, BigInteger> moved = new EnumMap<>(Reason.class);
    private BigInteger writtenOff = BigInteger.ZERO;

    NeuronSum of(Reason reason) {
      return new NeuronSum(Optional.ofNullable(moved.get(reason)).orElse(BigInteger.ZERO));
    }
  }

  /** @throws Refusal if the owner never had a ledger, or there are too many movements, sub-accounts or usage lines */
  StatementAnswer statement(WalletAddress owner, Period period, ReadPoint at, DSLContext db) {
    requireLedger(owner, at, db);
    long first = db.select(BLOCKS_POSITION.FIRST_BLOCK).from(BLOCKS_POSITION).fetchSingle().value1();
    long opening = period.from().map(time -> lastBefore(time, first, at, db)).orElse(first - 1);
    long closing = period.until().map(time -> lastBefore(time, first, at, db)).orElse(at.block());
    List<Movement> movements = new ArrayList<>();
    // What is available has no sub-account, and stands before all of them.
    Sums available = new Sums();
    SortedMap<SubAccountId, Sums> sums = new TreeMap<>();
    SeqRange seqs = new EntryPeriod(owner, db).within(period.from(), period.until());
    BookEntries.between(opening, closing, seqs, owner, at, db, entry -> add(entry, available, sums, movements));
    Map<SubAccountId, Held> before = subAccounts(owner, opening, at, db);
    Map<SubAccountId, Held> after = subAccounts(owner, closing, at, db);
    before.keySet().forEach(id -> sums.computeIfAbsent(id, _ -> new Sums()));
    after.keySet().forEach(id -> sums.computeIfAbsent(id, _ -> new Sums()));
    if (sums.size() > linesMax) {
      throw tooManySubAccounts();
    }
    StatementAnswer.Balance begins = balance(owner, opening, first, at, db);
    StatementAnswer.Balance ends = balance(owner, closing, first, at, db);
    List<StatementAnswer.Account> accounts = new ArrayList<>();
    accounts.add(account(Optional.empty(), new Held(begins.available(), Neuron.ZERO), available,
        new Held(ends.available(), Neuron.ZERO)));
    sums.forEach((id, of) -> accounts.add(account(Optional.of(id), before.getOrDefault(id, Held.NOTHING), of,
        after.getOrDefault(id, Held.NOTHING))));
    return new StatementAnswer(at.asOf(), at.quarantined(), owner, period.startDate(), period.endDate(), begins, ends,
        accounts, usage(USAGE_HOUR.OWNER.eq(owner), period, linesMax, db), movements, verify(owner, begins, ends));
  }

  private static void requireLedger(WalletAddress owner, ReadPoint at, DSLContext db) {
    if (!db.fetchExists(LEDGER_STATE, LEDGER_STATE.OWNER.eq(owner).and(at.sees(LEDGER_STATE)))) {
      throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
          "no ledger of " + owner + " was opened up to block " + at.block());
    }
  }

  private static long lastBefore(Instant time, long first, ReadPoint at, DSLContext db) {
    return StoredBlocks.lastUntil(new PointInTime(time.minusNanos(1)), first, at.block(), db);
  }

  private void add(BookEntry entry, Sums available, Map<SubAccountId, Sums> sums, List<Movement> movements) {
    String ledger = Posting.ledger(entry.owner());
    for (Posting posting : entry.event().postings()) {
      if (posting.account().equals(Posting.OUTSIDE) || posting.account().startsWith(Posting.PROVIDER)) {
        continue;
      }
      Optional<SubAccountId> id = Optional.of(posting.account()).filter(account -> !account.equals(ledger))
          .map(SubAccountId::parse);
      if (movements.size() == linesMax) {
        throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the period has more than " + linesMax
            + " movements: ask for fewer days, or for the journal");
      }
      id.map(some -> sums.computeIfAbsent(some, _ -> new Sums())).orElse(available).moved
          .merge(reason(entry.event()), posting.amount().value(), BigInteger::add);
      movements.add(new Movement(entry.id(), entry.time(), entry.block(), entry.type(), id.map(SubAccountId::provider),
          id.map(SubAccountId::service), posting.amount(), entry.transaction(), entry.evidence()));
    }
    if (entry.event() instanceof LedgerEvent.FeesSettled settled && !settled.writtenOff().isZero()) {
      Sums of = sums.computeIfAbsent(settled.subAccount(), _ -> new Sums());
      of.writtenOff = of.writtenOff.add(settled.writtenOff().value());
    }
  }

  private static Reason reason(LedgerEvent.Posted event) {
    return switch (event) {
      case LedgerEvent.FundsDeposited _ -> Reason.DEPOSITED;
      case LedgerEvent.FundsWithdrawn _ -> Reason.WITHDRAWN;
      case LedgerEvent.FundsTransferred _ -> Reason.TRANSFERRED;
      case LedgerEvent.RefundsCompleted _ -> Reason.REFUNDED;
      case LedgerEvent.FeesSettled _ -> Reason.SETTLED;
      case LedgerEvent.Booked _, LedgerEvent.Assigned _ -> Reason.ADJUSTED;
    };
  }

  private static StatementAnswer.Account account(Optional<SubAccountId> id, Held opening, Sums sums, Held closing) {
    return new StatementAnswer.Account(id.map(SubAccountId::provider), id.map(SubAccountId::service), opening.balance,
        sums.of(Reason.DEPOSITED), sums.of(Reason.WITHDRAWN), sums.of(Reason.TRANSFERRED), sums.of(Reason.REFUNDED),
        sums.of(Reason.SETTLED), sums.of(Reason.ADJUSTED), closing.balance, closing.pendingRefund,
        new NeuronSum(sums.writtenOff));
  }

  private static StatementAnswer.Balance balance(WalletAddress owner, long block, long first, ReadPoint at,
      DSLContext db) {
    Record state = db.selectFrom(LEDGER_STATE)
        .where(LEDGER_STATE.OWNER.eq(owner), at.seesUntil(block, LEDGER_STATE))
        .orderBy(ReadPoint.newestFirst(LEDGER_STATE)).limit(1).fetchOne();
    Neuron available = state == null ? Neuron.ZERO : state.get(LEDGER_STATE.AVAILABLE);
    Neuron locked = state == null ? Neuron.ZERO : state.get(LEDGER_STATE.LOCKED);
    return new StatementAnswer.Balance(block < first ? OptionalLong.empty() : OptionalLong.of(block), available, locked,
        available.plus(locked));
  }

  private Refusal tooManySubAccounts() {
    return Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the statement has more than " + linesMax
        + " sub-accounts: ask for the sub-accounts, and for the journal");
  }

  /** Those with a balance. */
  private Map<SubAccountId, Held> subAccounts(WalletAddress owner, long block, ReadPoint at, DSLContext db) {
    Map<SubAccountId, Held> held = new TreeMap<>();
    db.select(SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE, STATE.BALANCE, STATE.PENDING_REFUND)
        .from(SUB_ACCOUNT).crossJoin(lateral(select().from(SUB_ACCOUNT_STATE)
            .where(SUB_ACCOUNT_STATE.OWNER.eq(SUB_ACCOUNT.OWNER), SUB_ACCOUNT_STATE.PROVIDER.eq(SUB_ACCOUNT.PROVIDER),
                SUB_ACCOUNT_STATE.SERVICE.eq(SUB_ACCOUNT.SERVICE), at.seesUntil(block, SUB_ACCOUNT_STATE))
            .orderBy(ReadPoint.newestFirst(SUB_ACCOUNT_STATE)).limit(inline(1)).asTable(STATE)))
        .where(SUB_ACCOUNT.OWNER.eq(owner), STATE.BALANCE.ne(Neuron.ZERO)).limit(linesMax + 1)
        .forEach(row -> held.put(
            new SubAccountId(owner, row.get(SUB_ACCOUNT.PROVIDER), row.get(SUB_ACCOUNT.SERVICE)),
            new Held(row.get(STATE.BALANCE), row.get(STATE.PENDING_REFUND))));
    if (held.size() > linesMax) {
      throw tooManySubAccounts();
    }
    return held;
  }

  static Condition ofProvider(WalletAddress provider) {
    return USAGE_HOUR.PROVIDER.eq(provider);
  }

  /**
   * Who reports usage chooses the models, so their number has a limit.
   *
   * @param whose of the sums per hour
   * @throws Refusal if there are more than {@code linesMax} lines
   */
  static List<StatementAnswer.Usage> usage(Condition whose, Period period, int linesMax, DSLContext db) {
    List<StatementAnswer.Usage> usage = db
        .select(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE, REQUESTS, FEES)
        .from(USAGE_HOUR)
        .where(whose,
            period.from().map(USAGE_HOUR.HOUR::ge).orElse(noCondition()),
            period.until().map(USAGE_HOUR.HOUR::lt).orElse(noCondition()))
        .groupBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE)
        .orderBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE).limit(linesMax + 1)
        .fetch(row -> new StatementAnswer.Usage(row.get(USAGE_HOUR.PROVIDER), row.get(USAGE_HOUR.SERVICE),
            new ModelName(row.get(USAGE_HOUR.MODEL)), UsageSource.of(row.get(USAGE_HOUR.SOURCE)),
            row.get(REQUESTS).longValueExact(), new NeuronSum(row.get(FEES).toBigIntegerExact())));
    if (usage.size() > linesMax) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the period has more than " + linesMax
          + " lines of usage: ask for fewer days, or for the usage itself");
    }
    return usage;
  }

  private static List<String> verify(WalletAddress owner, StatementAnswer.Balance opening,
      StatementAnswer.Balance closing) {
    List<String> requests = new ArrayList<>();
    for (StatementAnswer.Balance each : List.of(opening, closing)) {
      each.block().ifPresent(block -> {
        requests.add(balanceAt(owner, false, block));
        requests.add(balanceAt(owner, true, block));
      });
    }
    closing.block().ifPresent(block -> requests.add(ledger(owner) + "/journal?at_block=" + block));
    return requests;
  }

  /** The request that answers what is available at a block, or what the sub-accounts have. */
  static String balanceAt(WalletAddress owner, boolean ofSubAccounts, long block) {
    return ledger(owner) + (ofSubAccounts ? "/sub-accounts?at_block=" : "?at_block=") + block;
  }

  /** The request that answers the usage of the same provider, source and days, by model. */
  static String usageOf(StatementAnswer statement, StatementAnswer.Usage line) {
    return ledger(statement.owner()) + "/usage/stats?provider=" + line.provider().checksummed() + "&source="
        + line.source().word() + days(statement.startDate(), statement.endDate());
  }

  /** The parameters of a request for these days, each with its ampersand. */
  static String days(Optional<LocalDate> start, Optional<LocalDate> end) {
    return start.map(day -> "&start_date=" + day).orElse("") + end.map(day -> "&end_date=" + day).orElse("");
  }

  private static String ledger(WalletAddress owner) {
    return "/v1/ledgers/" + owner.checksummed();
  }
}
