package io.neuronledger.query.alert.store;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertRulesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The stored rules. Each operation is a part of its caller's transaction. */
public final class AlertRules {
  private static final Logger log = LoggerFactory.getLogger(AlertRules.class);
  private static final String LIST = "alertrules1";
  private static final int CURSOR_PARTS = 2;

  private final String table;
  private final JsonMapper json;
  /** Those of which the log says that they cannot be read. */
  private final Set<UUID> logged = ConcurrentHashMap.newKeySet();

  /**
   * A stored rule.
   *
   * @param isJudged whether all that it is about was looked at since it was made or enabled, or was to be
   */
  public record StoredRule(AlertRuleView rule, boolean isJudged) {
    /** Whether its alerts are recorded and not sent. */
    public boolean isMuted(Instant now) {
      return rule.mutedUntil().filter(now::isBefore).isPresent();
    }
  }

  /** @param beside the schema beside the generations, as SQL */
  public AlertRules(String beside, JsonMapper json) {
    this.table = beside + ".alert_rule";
    this.json = json;
  }

  public void add(AlertRuleView rule, DSLContext db) {
    db.execute("INSERT INTO " + table + " (rule, kind, owner, terms, enabled, muted_until, made_by, made_at, judged)"
            + " VALUES ({0}, {1}, {2}, {3}::jsonb, {4}, {5}, {6}, {7}, FALSE)",
        val(rule.id()), val(rule.kind().word()), bytes(rule.owner()), val(json.writeValueAsString(rule)),
        val(rule.enabled()), instant(rule.mutedUntil()), val(rule.madeBy()), instant(Optional.of(rule.madeAt())));
  }

  /**
   * One rule.
   *
   * @param owner whose rule it must be; empty: anybody's
   * @throws Refusal if there is one, and it cannot be read
   */
  public Optional<AlertRuleView> find(UUID id, Optional<WalletAddress> owner, DSLContext db) {
    return row(id, owner, db).map(row -> readable(row).map(StoredRule::rule).orElseThrow(() ->
        new Refusal(ProblemCode.ALERT_RULE_UNREADABLE, "the stored content of the rule " + id
            + " cannot be read, so that it is not judged: delete it, and make it again")));
  }

  /** Whether there is such a rule, also where it cannot be read. */
  public boolean exists(UUID id, Optional<WalletAddress> owner, DSLContext db) {
    return row(id, owner, db).isPresent();
  }

  private Optional<Record> row(UUID id, Optional<WalletAddress> owner, DSLContext db) {
    return db.fetch("SELECT * FROM " + table + " WHERE rule = {0} AND ({1}::bytea IS NULL OR owner = {1})", val(id),
        bytes(owner)).stream().findFirst();
  }

  /**
   * All rules, by whether this instance can read them.
   *
   * @param readable in the order in which they were made
   * @param unreadable the ids of the others
   */
  public record All(List<StoredRule> readable, Set<UUID> unreadable) {}

  /** As they are stored now. */
  public All all(DSLContext db) {
    List<StoredRule> readable = new ArrayList<>();
    Set<UUID> unreadable = new HashSet<>();
    db.fetch("SELECT * FROM " + table + " ORDER BY made_at, rule").forEach(row ->
        readable(row).ifPresentOrElse(readable::add, () -> unreadable.add(row.get("rule", UUID.class))));
    return new All(readable, unreadable);
  }

  private Optional<StoredRule> readable(Record row) {
    UUID id = row.get("rule", UUID.class);
    try {
      StoredRule stored = stored(row);
      logged.remove(id);
      return Optional.of(stored);
    } catch (RuntimeException e) {
      if (logged.add(id)) {
        log.warn("the alert rule {} cannot be read and is not judged", id, e);
      }
      return Optional.empty();
    }
  }

  /** How many there are, and how many of them are this owner's; of no owner: the operators'. */
  public int count(Optional<WalletAddress> owner, DSLContext db) {
    return db.fetch("SELECT count(*) FROM " + table + " WHERE owner IS NOT DISTINCT FROM {0}", bytes(owner))
        .getFirst().get(0, int.class);
  }

  /** How many there are of all owners together, without the operators'. */
  public int countOfOwners(DSLContext db) {
    return db.fetch("SELECT count(*) FROM " + table + " WHERE owner IS NOT NULL").getFirst().get(0, int.class);
  }

  /** How many there are in all. */
  public int count(DSLContext db) {
    return db.fetch("SELECT count(*) FROM " + table).getFirst().get(0, int.class);
  }

  /** @param owner whose rules are wanted; empty: all */
  public AlertRulesPage page(Optional<WalletAddress> owner, Page page, DSLContext db) {
    Optional<List<String>> after = page.after(LIST, CURSOR_PARTS);
    List<Record> rows = List.copyOf(db.fetch("SELECT * FROM " + table + " WHERE ({0}::bytea IS NULL OR owner = {0})"
            + " AND ({1}::timestamptz IS NULL OR (made_at, rule) > ({1}, {2}::uuid)) ORDER BY made_at, rule LIMIT {3}",
        bytes(owner), instant(after.map(parts -> Page.instant(parts.get(0)))),
        val(after.map(parts -> Page.uuid(parts.get(1))).orElse(null), SQLDataType.UUID), val(page.limit() + 1)));
    List<AlertRuleView> shown = new ArrayList<>();
    List<UUID> unreadable = new ArrayList<>();
    for (Record row : rows.subList(0, Math.min(page.limit(), rows.size()))) {
      readable(row).ifPresentOrElse(each -> shown.add(each.rule()), () -> unreadable.add(row.get("rule", UUID.class)));
    }
    return new AlertRulesPage(shown, unreadable, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(cursor(rows.get(page.limit() - 1))) : Optional.empty());
  }

  private static String cursor(Record last) {
    return Page.cursor(LIST, last.get("made_at", Instant.class).toString(), last.get("rule", UUID.class).toString());
  }

  /** A rule that is enabled again is judged anew, all that it is about. */
  public void change(UUID id, boolean isEnabled, Optional<Instant> mutedUntil, DSLContext db) {
    db.execute("UPDATE " + table + " SET judged = judged AND enabled, enabled = {1}, muted_until = {2}"
        + " WHERE rule = {0}", val(id), val(isEnabled), instant(mutedUntil));
  }

  public void remove(UUID id, DSLContext db) {
    db.execute("DELETE FROM " + table + " WHERE rule = {0}", val(id));
  }

  /** All that the rules are about is to be looked at. */
  public void judgeAnew(DSLContext db) {
    db.execute("UPDATE " + table + " SET judged = FALSE WHERE judged");
  }

  /** All that these rules are about was looked at. */
  public void judged(List<UUID> ids, DSLContext db) {
    db.execute("UPDATE " + table + " SET judged = TRUE WHERE rule = ANY ({0}::uuid[])",
        val(ids.toArray(UUID[]::new)));
  }

  private StoredRule stored(Record row) {
    AlertRuleView made = json.readValue(row.get("terms", JSONB.class).data(), AlertRuleView.class);
    return new StoredRule(new AlertRuleView(made.id(), made.kind(), made.owner(), made.owners(), made.balance(),
        made.threshold(), made.recoverAt(), made.provider(), made.service(), made.forSeconds(), made.blocks(),
        row.get("enabled", boolean.class), Optional.ofNullable(row.get("muted_until", Instant.class)), made.madeBy(),
        made.madeAt()), row.get("judged", boolean.class));
  }

  static Field<byte[]> bytes(Optional<WalletAddress> owner) {
    return val(owner.map(WalletAddress::bytes).orElse(null), SQLDataType.BLOB);
  }

  private static Field<?> instant(Optional<Instant> at) {
    return val(at.map(each -> each.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
  }
}
