package io.neuronledger.query.alert.judge;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertView.By;
import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.query.alert.store.AlertSubject;
import io.neuronledger.query.discrepancy.DiscrepancyFilter;
import io.neuronledger.query.discrepancy.DiscrepancyQueries;
import io.neuronledger.query.reconciliation.ReconciliationQueries;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The conditions that are looked at as a whole, at a block or by the reports of chain-indexer. */
final class LedgerConditions {
  /** {0} the block, {1} the latest time of a block that is long enough ago; {2} owners, {3} provider, {4} service. */
  private static final String UNMATCHED = """
      SELECT settlement.owner::bytea AS owner, settlement.provider::bytea AS provider, settlement.service,
        concat_ws('-', settlement.block, settlement.transaction_index, settlement.step, settlement.branch) AS id,
        settlement.block_time
      FROM settlement
      WHERE (state <> 'matched' OR inside > 0) AND state <> 'matched' AND NOT retracted AND block <= {0}
        AND block_time <= {1}::timestamptz AND (cardinality({2}::bytea[]) = 0 OR settlement.owner = ANY ({2}))
        AND ({3}::bytea IS NULL OR settlement.provider = {3}) AND ({4}::text IS NULL OR settlement.service = {4})
        AND NOT EXISTS (
          SELECT FROM (
            SELECT decision FROM difference_resolution AS resolution
            WHERE resolution.owner = settlement.owner AND resolution.provider = settlement.provider
              AND resolution.service = settlement.service AND resolution.settlement
                = concat_ws('-', settlement.block, settlement.transaction_index, settlement.step, settlement.branch)
              AND resolution.decision <> 'proposed'
            ORDER BY resolution.seq DESC LIMIT 1) AS last
          WHERE last.decision = 'resolved')""";

  /** {0} the block, {1} the provider. Usage is known by the hour in which it was completed. */
  private static final String PROVIDERS = """
      SELECT active.provider, active.until FROM (
        SELECT known.provider::bytea AS provider, GREATEST(
          (SELECT max(served.hour) + INTERVAL '1 hour' FROM usage_hour AS served
            WHERE served.provider = known.provider AND served.requests > 0),
          (SELECT paid.block_time FROM settlement AS paid
            WHERE paid.provider = known.provider AND NOT paid.retracted AND paid.block <= {0}
            ORDER BY paid.block DESC LIMIT 1)) AS until
        FROM (SELECT DISTINCT provider FROM usage_meter
          WHERE {1}::bytea IS NULL OR provider = {1}) AS known) AS active
      WHERE active.until IS NOT NULL""";

  private final DiscrepancyQueries discrepancies;
  private final ReconciliationQueries reconciliations = new ReconciliationQueries();

  LedgerConditions(DiscrepancyQueries discrepancies) {
    this.discrepancies = discrepancies;
  }

  List<Finding> discrepancies(AlertRuleView rule, AsOf asOf, DSLContext db) {
    DiscrepancyFilter open = new DiscrepancyFilter(rule.provider().map(Set::of).orElse(Set.of()), Optional.empty(),
        rule.service().map(Set::of).orElse(Set.of()), Set.of(), Set.of(DiscrepancyView.State.OPEN));
    // All of them, however many may be raised: what is not found recovers.
    List<Finding> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      DiscrepanciesPage page = discrepancies.page(open, Page.ofExport(cursor), asOf, db);
      page.discrepancies().stream()
          .filter(each -> rule.owners().isEmpty() || each.owner().filter(rule.owners()::contains).isPresent())
          .map(LedgerConditions::opened).forEach(found::add);
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return found;
  }

  private static Finding opened(DiscrepancyView each) {
    return new Finding(new AlertSubject(each.owner(), each.provider(), each.service(), Optional.of(each.key())),
        each.amount().map(Object::toString), true, false, By.BLOCK);
  }

  List<Finding> unmatched(AlertRuleView rule, AsOf asOf, DSLContext db) {
    Instant until = asOf.blockTime().minusSeconds(rule.forSeconds().orElseThrow());
    return db.resultQuery(UNMATCHED, val(asOf.block()), val(until.atOffset(ZoneOffset.UTC)),
        ValueFilter.addresses(rule.owners()), bytes(rule.provider()),
        val(rule.service().map(ServiceName::value).orElse(null), SQLDataType.VARCHAR)).fetch()
        .map(row -> Finding.raised(new AlertSubject(Optional.of(WalletAddress.of(row.get("owner", byte[].class))),
            Optional.of(WalletAddress.of(row.get("provider", byte[].class))),
            Optional.of(new ServiceName(row.get("service", String.class))),
            Optional.of(row.get("id", String.class))),
            seconds(row.get("block_time", Instant.class), asOf.blockTime())));
  }

  List<Finding> silent(AlertRuleView rule, AsOf asOf, DSLContext db) {
    Instant until = asOf.blockTime().minusSeconds(rule.forSeconds().orElseThrow());
    return db.resultQuery(PROVIDERS, val(asOf.block()), bytes(rule.provider())).fetch().stream()
        .filter(row -> !row.get("until", Instant.class).isAfter(until))
        .map(row -> Finding.raised(new AlertSubject(Optional.empty(),
            Optional.of(WalletAddress.of(row.get("provider", byte[].class))), Optional.empty(), Optional.empty()),
            seconds(row.get("until", Instant.class), asOf.blockTime()))).toList();
  }

  private static Field<byte[]> bytes(Optional<WalletAddress> address) {
    return val(address.map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB);
  }

  /** The newest comparison that is not retracted; its name is the value's, so that the subject stays one. */
  List<Finding> different(AsOf asOf, DSLContext db) {
    return reconciliations.page(Page.ofExport(Optional.empty()), asOf, db).runs().stream()
        .filter(run -> !run.retracted()).limit(1).filter(run -> run.different() > 0)
        .map(run -> Finding.raised(AlertSubject.LEDGER, String.valueOf(run.different()))).toList();
  }

  /**
   * @param known when any instance knew the state at the latest: what this one alone does not know raises nothing
   */
  static List<Finding> stopped(AlertRuleView rule, StatusView.Following following, Instant known, Instant now) {
    // A report counts for a while.
    Instant since = following.since().filter(known::isBefore).orElse(known);
    long seconds = Duration.between(since, now).toSeconds();
    boolean isStopped = following.state() != FollowingState.FOLLOWING;
    long least = Math.max(rule.forSeconds().orElseThrow(), FollowingReport.VALID_FOR.toSeconds());
    return isStopped ? List.of(new Finding(AlertSubject.LEDGER,
        Optional.of(following.state().name().toLowerCase(Locale.ROOT)), seconds >= least, false, By.CLOCK)) : List.of();
  }

  /**
   * What is known of neither goes on holding: a head that nobody reports, or answers that are as of no block, are no
   * recovery.
   *
   * @param newest the block that answers are as of
   */
  static List<Finding> behind(AlertRuleView rule, StatusView.Following following, Optional<AsOf> newest) {
    long confirmations = following.confirmations().orElse(0L);
    Optional<Long> blocks = newest.flatMap(asOf -> following.head()
        .map(head -> Math.max(0, head - confirmations - asOf.block())));
    // Answers that have every block with its confirmations lag by no time, however old that block is.
    Optional<Long> seconds = blocks.filter(lag -> lag == 0).or(() -> newest.flatMap(asOf -> following.headTime()
        .map(head -> Math.max(0, Duration.between(asOf.blockTime(), head).toSeconds()))));
    Optional<Long> value = rule.blocks().isPresent() ? blocks : seconds;
    long most = rule.blocks().or(rule::forSeconds).orElseThrow();
    boolean isRaised = value.filter(each -> each > most).isPresent();
    boolean isRecovered = !isRaised && value.isPresent() && following.state() != FollowingState.UNKNOWN;
    return isRecovered ? List.of() : List.of(new Finding(AlertSubject.LEDGER, value.map(Object::toString), isRaised,
        false, By.CLOCK));
  }

  private static String seconds(Instant from, Instant to) {
    return String.valueOf(Duration.between(from, to).toSeconds());
  }
}
