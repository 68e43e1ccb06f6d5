package io.neuronledger.query.books;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer.Movement;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.StoredBlocks;
import io.neuronledger.query.asof.known.Knowledge;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.audit.EntryPeriod;
import io.neuronledger.query.audit.journal.SeqRange;
import io.neuronledger.query.books.BookEntries.BookEntry;
import io.neuronledger.query.db.tables.SubAccountState;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.RecordsThen;
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
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Reads a statement: balances from the states of the blocks before the period and at its end, movements from the
 * entries in between. So the two sides of opening + movements = closing are read from different tables. States of a
 * branch that a fork took back are kept nowhere: for what was known then, they are those that the entries state.
 */
final class StatementQueries {
  /** The most of each kind of line: a statement is written for people, and held in memory. */
  static final int LINES_MAX = 20_000;

  private static final SubAccountState STATE = SUB_ACCOUNT_STATE.as("state");

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

  /** What the ledger has before the period, or at its end: the sub-accounts with a balance. */
  private record Edge(StatementAnswer.Balance balance, Map<SubAccountId, Held> subAccounts) {}

  /** The sums of one account. */
  private static final class Sums {
    private final Map<Reason, BigInteger> moved = new EnumMap<>(Reason.class);
    private BigInteger writtenOff = BigInteger.ZERO;

    NeuronSum of(Reason reason) {
      return new NeuronSum(Optional.ofNullable(moved.get(reason)).orElse(BigInteger.ZERO));
    }
  }

  /** What moved in the period. */
  private static final class Moves {
    private final List<Movement> movements = new ArrayList<>();
    // What is available has no sub-account, and stands before all of them.
    private final Sums available = new Sums();
    private final SortedMap<SubAccountId, Sums> sums = new TreeMap<>();
  }

  /** The state of a ledger as its entries leave it, one after the other. */
  private static final class Stated {
    private OptionalLong block = OptionalLong.empty();
    private Neuron available = Neuron.ZERO;
    private Neuron locked = Neuron.ZERO;
    private final SortedMap<SubAccountId, Held> subAccounts = new TreeMap<>();

    private void add(BookEntry entry) {
      block = OptionalLong.of(entry.block());
      switch (entry.event()) {
        case LedgerEvent.Booked booked -> {
          available = booked.after().available();
          locked = booked.after().locked();
          booked.subAccountState().ifPresent(state -> put(entry.owner(), state.provider(), state.service(),
              new Held(state.balance(), state.pendingRefund())));
          if (!booked.after().open()) {
            subAccounts.clear();
          }
        }
        case LedgerEvent.Assigned assigned -> {
          LedgerState state = assigned.state();
          available = state.available();
          locked = state.subAccounts().stream().map(each -> each.balance()).reduce(Neuron.ZERO, Neuron::plus);
          subAccounts.clear();
          state.subAccounts().forEach(each -> put(entry.owner(), each.provider(), each.service(),
              new Held(each.balance(), each.pendingRefund())));
        }
      }
    }

    private void put(WalletAddress owner, WalletAddress provider, ServiceName service, Held held) {
      SubAccountId id = new SubAccountId(owner, provider, service);
      if (held.balance.isZero()) {
        subAccounts.remove(id);
      } else {
        subAccounts.put(id, held);
      }
    }

    private Edge edge() {
      return new Edge(new StatementAnswer.Balance(block, available, locked, available.plus(locked)),
          new TreeMap<>(subAccounts));
    }
  }

  /** @throws Refusal if the owner never had a ledger, or there are too many movements, sub-accounts or usage lines */
  StatementAnswer statement(WalletAddress owner, StatementFilter filter, ReadPoint at, DSLContext db) {
    return filter.knownAt().map(day -> known(owner, filter, Knowledge.of(day, Optional.of(owner), at.asOf(), db), db))
        .orElseGet(() -> now(owner, filter, at, db));
  }

  private StatementAnswer now(WalletAddress owner, StatementFilter filter, ReadPoint at, DSLContext db) {
    requireLedger(db.fetchExists(LEDGER_STATE, LEDGER_STATE.OWNER.eq(owner).and(at.sees(LEDGER_STATE))), owner,
        at.asOf());
    Period period = filter.period();
    long first = db.select(BLOCKS_POSITION.FIRST_BLOCK).from(BLOCKS_POSITION).fetchSingle().value1();
    long opening = period.from().map(time -> lastBefore(time, first, at, db)).orElse(first - 1);
    long closing = period.until().map(time -> lastBefore(time, first, at, db)).orElse(at.block());
    Moves moves = new Moves();
    SeqRange seqs = new EntryPeriod(owner, db).within(period.from(), period.until());
    BookEntries.between(opening, closing, seqs, owner, at, db, entry -> add(entry, moves));
    Edge begins = new Edge(balance(owner, opening, first, at, db), subAccounts(owner, opening, at, db));
    Edge ends = new Edge(balance(owner, closing, first, at, db), subAccounts(owner, closing, at, db));
    return answer(at.asOf(), at.quarantined(), owner, filter, begins, ends, moves,
        UsageLines.OF_OWNER.read(owner, period, Optional.empty(), linesMax, db),
        verify(owner, begins.balance, ends.balance));
  }

  private StatementAnswer known(WalletAddress owner, StatementFilter filter, Knowledge known, DSLContext db) {
    RecordsThen then = RecordsThen.of(known);
    Period period = filter.period();
    Stated stated = new Stated();
    List<Edge> opening = new ArrayList<>();
    Moves moves = new Moves();
    BookEntries.of(owner, then, known.asOf().block(), db, entry -> {
      if (opening.isEmpty() && period.from().map(from -> !entry.time().isBefore(from)).orElse(true)) {
        opening.add(stated.edge());
      }
      if (period.until().map(until -> entry.time().isBefore(until)).orElse(true)) {
        stated.add(entry);
        if (!opening.isEmpty()) {
          add(entry, moves);
        }
      }
    });
    requireLedger(!opening.isEmpty() || stated.block.isPresent(), owner, known.asOf());
    Edge ends = stated.edge();
    boolean isQuarantined = db.fetchExists(QUARANTINE, QUARANTINE.OWNER.eq(owner).and(then.quarantined()));
    return answer(known.asOf(), isQuarantined, owner, filter, opening.isEmpty() ? ends : opening.getFirst(), ends,
        moves, UsageLines.OF_OWNER.read(owner, period, Optional.of(then), linesMax, db),
        List.of(entries(owner, filter)));
  }

  private StatementAnswer answer(AsOf asOf, boolean isQuarantined, WalletAddress owner, StatementFilter filter,
      Edge begins, Edge ends, Moves moves, List<StatementAnswer.Usage> usage, List<String> verify) {
    begins.subAccounts.keySet().forEach(id -> moves.sums.computeIfAbsent(id, _ -> new Sums()));
    ends.subAccounts.keySet().forEach(id -> moves.sums.computeIfAbsent(id, _ -> new Sums()));
    if (moves.sums.size() > linesMax) {
      throw tooManySubAccounts();
    }
    List<StatementAnswer.Account> accounts = new ArrayList<>();
    accounts.add(account(Optional.empty(), new Held(begins.balance.available(), Neuron.ZERO), moves.available,
        new Held(ends.balance.available(), Neuron.ZERO)));
    moves.sums.forEach((id, of) -> accounts.add(account(Optional.of(id),
        begins.subAccounts.getOrDefault(id, Held.NOTHING), of, ends.subAccounts.getOrDefault(id, Held.NOTHING))));
    return new StatementAnswer(asOf, isQuarantined, owner, filter.knownAt(), filter.period().startDate(),
        filter.period().endDate(), begins.balance, ends.balance, accounts, usage, moves.movements, verify);
  }

  private static void requireLedger(boolean isThere, WalletAddress owner, AsOf asOf) {
    if (!isThere) {
      throw Refusal.at(asOf, ProblemCode.LEDGER_NOT_FOUND,
          "no ledger of " + owner + " was opened up to block " + asOf.block());
    }
  }

  private static long lastBefore(Instant time, long first, ReadPoint at, DSLContext db) {
    return StoredBlocks.lastUntil(new PointInTime(time.minusNanos(1)), first, at.block(), db);
  }

  private void add(BookEntry entry, Moves moves) {
    String ledger = Posting.ledger(entry.owner());
    for (Posting posting : entry.event().postings()) {
      if (posting.account().equals(Posting.OUTSIDE) || posting.account().startsWith(Posting.PROVIDER)) {
        continue;
      }
      Optional<SubAccountId> id = Optional.of(posting.account()).filter(account -> !account.equals(ledger))
          .map(SubAccountId::parse);
      if (moves.movements.size() == linesMax) {
        throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the period has more than " + linesMax
            + " movements: ask for fewer days, or for the journal");
      }
      id.map(some -> moves.sums.computeIfAbsent(some, _ -> new Sums())).orElse(moves.available).moved
          .merge(reason(entry.event()), posting.amount().value(), BigInteger::add);
      moves.movements.add(new Movement(entry.id(), entry.time(), entry.block(), entry.type(),
          id.map(SubAccountId::provider), id.map(SubAccountId::service), posting.amount(),
          entry.transaction(), entry.evidence()));
    }
    if (entry.event() instanceof LedgerEvent.FeesSettled settled && !settled.writtenOff().isZero()) {
      Sums of = moves.sums.computeIfAbsent(settled.subAccount(), _ -> new Sums());
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

  /** The request that answers every entry up to the end of the period, with when it was recorded. */
  static String entries(WalletAddress owner, StatementFilter filter) {
    return ledger(owner) + "/entries?order=asc" + days(Optional.empty(), filter.period().endDate());
  }

  /** The request that answers a balance of the statement. */
  static String balanceAt(StatementAnswer statement, boolean ofSubAccounts, long block) {
    return statement.knownAt().isPresent() ? statement.verify().getFirst()
        : balanceAt(statement.owner(), ofSubAccounts, block);
  }

  /** The request that answers what is available at a block, or what the sub-accounts have. */
  private static String balanceAt(WalletAddress owner, boolean ofSubAccounts, long block) {
    return ledger(owner) + (ofSubAccounts ? "/sub-accounts?at_block=" : "?at_block=") + block;
  }

  /** The request that answers the usage of the same provider, source and days, by model; none of what was known. */
  static Optional<String> usageOf(StatementAnswer statement, StatementAnswer.Usage line) {
    return statement.knownAt().isPresent() ? Optional.empty() : Optional.of(ledger(statement.owner())
        + "/usage/stats?provider=" + line.provider().checksummed() + "&source=" + line.source().word()
        + days(statement.startDate(), statement.endDate()));
  }

  /** The parameters of a request for these days, each with its ampersand. */
  static String days(Optional<LocalDate> start, Optional<LocalDate> end) {
    return start.map(day -> "&start_date=" + day).orElse("") + end.map(day -> "&end_date=" + day).orElse("");
  }

  private static String ledger(WalletAddress owner) {
    return "/v1/ledgers/" + owner.checksummed();
  }
}
