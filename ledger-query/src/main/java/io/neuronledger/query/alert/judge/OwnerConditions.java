package io.neuronledger.query.alert.judge;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertView.By;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.query.alert.store.AlertSubject;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.balance.RefundQueries;
import io.neuronledger.query.request.ValueFilter;
import io.neuronledger.query.runway.AtRiskQueries;
import io.neuronledger.query.usage.SpendableParts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * The conditions about the money of owners, at a block: of some owners, along the index, or of all, from owner to owner
 * along it.
 */
final class OwnerConditions {
  /** How long a block may say that a refund is claimable before the clock does. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A longer lock is for ever. */
  private static final Duration LOCK_MAX = Duration.ofDays(365_000);

  /** {0} whether all owners are looked at, {1} those that are else. */
  private static final String WANTED = """
      WITH RECURSIVE every (owner) AS (
        (SELECT owner FROM ledger_state WHERE {0} ORDER BY owner LIMIT 1)
        UNION ALL
        SELECT (SELECT next.owner FROM ledger_state AS next WHERE next.owner > every.owner
          ORDER BY next.owner LIMIT 1)
        FROM every WHERE every.owner IS NOT NULL),
      wanted AS (
        SELECT owner::bytea AS owner FROM every WHERE owner IS NOT NULL
        UNION ALL SELECT owner FROM unnest({1}::bytea[]) AS owner)
      """;

  /** {2} the block, {3} from which value on it recovers, {4} the owners of whom something holds. */
  private static final String BALANCE = WANTED + """
      SELECT wanted.owner, now.value
      FROM wanted CROSS JOIN LATERAL (
        SELECT known.open, known.available::numeric + %%s AS value
        FROM ledger_state AS known JOIN partition ON partition.partition = known.partition
        WHERE known.owner = wanted.owner AND %s
        ORDER BY %s LIMIT 1) AS now
      WHERE now.open AND (now.value < {3}::numeric OR wanted.owner = ANY ({4}::bytea[]))"""
      .formatted(Visibility.sees("known", "{2}"), Visibility.newestFirst("known"));
  private static final String AVAILABLE = BALANCE.formatted("0");
  private static final String TOTAL = BALANCE.formatted("known.locked::numeric");

  /** As {@link #BALANCE}; {5} the provider and {6} the service. */
  private static final String SPENDABLE = WANTED + """
      SELECT account.owner::bytea AS owner, account.provider::bytea AS provider, account.service, left_over.value
      FROM wanted JOIN sub_account AS account ON account.owner = wanted.owner
      CROSS JOIN LATERAL (%s) AS now
      LEFT JOIN usage_meter AS meter ON meter.owner = account.owner AND meter.provider = account.provider
        AND meter.service = account.service
      LEFT JOIN LATERAL (%s) AS last ON TRUE
      CROSS JOIN LATERAL (SELECT GREATEST(now.free
          - GREATEST(coalesce(meter.used::numeric, 0) - coalesce(last.claimed, 0), 0), 0) AS value) AS left_over
      WHERE now.open AND ({5}::bytea IS NULL OR account.provider = {5}) AND ({6}::text IS NULL OR account.service = {6})
        AND (left_over.value < {3}::numeric OR wanted.owner = ANY ({4}::bytea[]))"""
      .formatted(SpendableParts.free("account", "{2}"), SpendableParts.claimed("account", "{2}"));

  /** {0} the block, {1} whether all owners are looked at, {2} those that are else, {3} the default lock in seconds. */
  private static final String REFUNDS = """
      WITH %s
      SELECT candidates.owner::bytea AS owner, candidates.provider::bytea AS provider, candidates.service,
        refund.value ->> 'id' AS id, refund.value ->> 'amount' AS amount,
        (refund.value ->> 'requested_at')::timestamptz AS requested_at,
        coalesce(terms.lock_seconds, {3}) AS lock_seconds
      FROM candidates
      %s"""
      .formatted(RefundQueries.candidates("({1} OR owner = ANY ({2}::bytea[]))"), RefundQueries.OF_CANDIDATES);

  private OwnerConditions() {}

  /** @param holding of whom something holds, so that they are found also where they have recovered */
  static List<Finding> balance(AlertRuleView rule, Point at, Set<WalletAddress> holding, DSLContext db) {
    return db.resultQuery(rule.balance().orElseThrow() == AlertRuleView.Balance.TOTAL ? TOTAL : AVAILABLE,
            val(at.owners().isEmpty()), ValueFilter.addresses(at.owners().orElse(Set.of())), val(at.asOf().block()),
            val(recoverAt(rule)), ValueFilter.addresses(holding)).fetch()
        .map(row -> compared(rule, AlertSubject.of(owner(row)), row));
  }

  static List<Finding> spendable(AlertRuleView rule, Point at, Set<WalletAddress> holding, DSLContext db) {
    return db.resultQuery(SPENDABLE, val(at.owners().isEmpty()), ValueFilter.addresses(at.owners().orElse(Set.of())),
            val(at.asOf().block()), val(recoverAt(rule)), ValueFilter.addresses(holding),
            val(rule.provider().map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB),
            val(rule.service().map(ServiceName::value).orElse(null), SQLDataType.VARCHAR)).fetch()
        .map(row -> compared(rule, subAccount(row, Optional.empty()), row));
  }

  /**
   * It recovers once it lasts a quarter longer than it must: ranges move from hour to hour. What is refused and no
   * longer used raises nothing, and has not recovered.
   *
   * @param holding of whom something holds
   */
  static List<Finding> runway(AlertRuleView rule, Point at, Set<WalletAddress> holding, AtRiskQueries runways,
      DSLContext db) {
    Duration least = Duration.ofSeconds(rule.forSeconds().orElseThrow());
    Stream<Finding> inUse = runways.of(at.owners().orElse(Set.of()), lastsAgain(rule), at.asOf(), db)
        .stream().filter(line -> isAbout(rule, line)).map(line -> {
          Duration left = line.runway().earliest().map(end -> Duration.between(at.asOf().blockTime(), end))
              .orElse(Duration.ZERO);
          return lasting(line, left, left.compareTo(least) <= 0);
        });
    Stream<Finding> unused = runways.refusedUnused(holding, at.asOf(), db).stream()
        .filter(line -> isAbout(rule, line)).map(line -> lasting(line, Duration.ZERO, false));
    return Stream.concat(inUse, unused).toList();
  }

  /** Beyond which a runway recovers, in whole seconds. */
  static Duration lastsAgain(AlertRuleView rule) {
    long least = rule.forSeconds().orElseThrow();
    return Duration.ofSeconds(least + least / 4);
  }

  private static boolean isAbout(AlertRuleView rule, AtRiskPage.Line line) {
    return rule.provider().filter(each -> !each.equals(line.provider())).isEmpty()
        && rule.service().filter(each -> !each.equals(line.service())).isEmpty();
  }

  private static Finding lasting(AtRiskPage.Line line, Duration left, boolean isRaised) {
    return new Finding(new AlertSubject(Optional.of(line.owner()), Optional.of(line.provider()),
        Optional.of(line.service()), Optional.empty()), Optional.of(String.valueOf(left.toSeconds())), isRaised, false,
        By.BLOCK);
  }

  private static Finding compared(AlertRuleView rule, AlertSubject subject, Record row) {
    BigDecimal value = row.get("value", BigDecimal.class);
    return new Finding(subject, Optional.of(value.toPlainString()),
        value.compareTo(new BigDecimal(rule.threshold().orElseThrow())) < 0, value.compareTo(recoverAt(rule)) >= 0,
        By.BLOCK);
  }

  static BigDecimal recoverAt(AlertRuleView rule) {
    return new BigDecimal(rule.recoverAt().or(rule::threshold).orElseThrow());
  }

  /** A pending refund, and from when on it can be claimed. */
  record Refund(AlertSubject subject, String amount, Instant claimableAt) {
    /**
     * Whether it can be claimed at the block's time; else, by the clock, where no block has said so for a while.
     */
    Finding found(Point at) {
      boolean isByBlock = !claimableAt.isAfter(at.asOf().blockTime());
      boolean isByClock = !claimableAt.plus(PATIENCE).isAfter(at.now());
      return new Finding(subject, Optional.of(amount), isByBlock || isByClock, !isByBlock && !isByClock,
          isByBlock ? By.BLOCK : By.CLOCK);
    }

    /** When the clock or a block's time finds it at the earliest. */
    boolean isDue(Point at) {
      return found(at).isRaised();
    }
  }

  static List<Refund> refunds(Point at, DSLContext db) {
    return db.resultQuery(REFUNDS, val(at.asOf().block()), val(at.owners().isEmpty()),
            ValueFilter.addresses(at.owners().orElse(Set.of())), val(RefundRules.LOCK_PERIOD_DEFAULT.toSeconds()))
        .fetch().map(row -> new Refund(subAccount(row, Optional.of(row.get("id", String.class))),
            row.get("amount", String.class), row.get("requested_at", Instant.class)
                .plusSeconds(Math.min(row.get("lock_seconds", long.class), LOCK_MAX.toSeconds()))));
  }

  private static AlertSubject subAccount(Record row, Optional<String> object) {
    return new AlertSubject(Optional.of(owner(row)),
        Optional.of(WalletAddress.of(row.get("provider", byte[].class))),
        Optional.of(new ServiceName(row.get("service", String.class))), object);
  }

  private static WalletAddress owner(Record row) {
    return WalletAddress.of(row.get("owner", byte[].class));
  }
}
