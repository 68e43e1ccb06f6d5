package io.neuronledger.query.alert.store;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertView.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.impl.SQLDataType;

/**
 * Adds alerts in a transaction that holds the lock, and numbers those that are sent. What was added counts from
 * {@link #write} on.
 */
public final class Recording {
  private final AlertStore store;
  private final Instant now;
  private final DSLContext db;
  private final List<Query> queries = new ArrayList<>();

  /** @param now when they are recorded */
  public Recording(AlertStore store, Instant now, DSLContext db) {
    this.store = store;
    this.now = now;
    this.db = db;
  }

  public Instant now() {
    return now;
  }

  /** @param isMuted whether it is recorded and not sent */
  public void add(AlertView alert, boolean isMuted) {
    int partition = store.partitionOf(alert);
    boolean isTest = alert.test().isPresent();
    Optional<AlertView.Block> block = alert.block().filter(_ -> !alert.kind().isOfFollowing());
    queries.add(db.query("INSERT INTO " + store.beside() + ".alert (alert, rule, kind, type, owner, subject, block,"
            + " block_hash, about, test, waits, partition, seq, content)"
            + " VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12}, {13})",
        val(alert.id()), val(alert.rule()), val(alert.kind().word()), val(alert.type().stored()),
        AlertRules.bytes(alert.owner()), val(AlertSubject.of(alert).digest()),
        val(block.map(AlertView.Block::number).orElse(null), SQLDataType.BIGINT),
        val(block.map(each -> AlertStore.bytes(each.hash())).orElse(null), SQLDataType.BLOB),
        val(alert.about().orElse(null), SQLDataType.UUID), val(isTest), val(isMuted), val(partition),
        val(isMuted ? null : take(partition), SQLDataType.BIGINT), val(store.written(alert))));
  }

  /** At once in the table: another recording of the transaction goes on after it. */
  private long take(int partition) {
    return db.fetchSingle("UPDATE " + store.beside() + ".alert_partition SET next_seq = next_seq + 1"
        + " WHERE partition = {0} RETURNING next_seq - 1", val(partition)).get(0, Long.class);
  }

  /** What was raised is over. */
  public void recover(AlertView raised, Optional<String> value, Optional<String> threshold, By by,
      Optional<AlertView.Block> block, boolean isMuted) {
    queries.add(db.query("UPDATE " + store.beside() + ".alert SET ended = TRUE WHERE alert = {0}", val(raised.id())));
    add(new AlertView(UUID.randomUUID(), AlertType.RECOVERED, raised.rule(), raised.kind(), raised.owner(),
        raised.provider(), raised.service(), raised.subject(), value, threshold, by, block, now,
        Optional.of(raised.id()), Optional.empty(), Optional.empty(), Optional.empty()), isMuted);
  }

  /** An alert never was; what a recovery had ended holds again. Newer ones of the same subject come before. */
  public void withdraw(AlertView alert, Optional<AlertView.Block> block, boolean isMuted) {
    queries.add(db.query("UPDATE " + store.beside() + ".alert SET withdrawn = TRUE WHERE alert = {0}",
        val(alert.id())));
    if (alert.type() == AlertType.RECOVERED) {
      queries.add(db.query("UPDATE " + store.beside() + ".alert SET ended = FALSE WHERE alert = {0}",
          val(requireNonNull(alert.about().orElse(null)))));
    }
    add(new AlertView(UUID.randomUUID(), AlertType.WITHDRAWN, alert.rule(), alert.kind(), alert.owner(),
        alert.provider(), alert.service(), alert.subject(), Optional.empty(), Optional.empty(), By.BLOCK, block, now,
        Optional.of(alert.id()), Optional.empty(), Optional.empty(), Optional.empty()), isMuted);
  }

  /**
   * Sends what a rule that is not muted any more had recorded meanwhile, as far as it still matters: of each subject
   * the end of what subscribers were sent as holding and what holds no more, and what holds and they do not know.
   */
  public void release(UUID rule) {
    write();
    List<String> subjects = db.fetch("SELECT subject FROM " + store.beside() + ".alert WHERE rule = {0} AND waits"
        + " GROUP BY subject ORDER BY min(place)", val(rule)).getValues(0, String.class);
    for (String subject : subjects) {
      Optional<UUID> believed = believed(rule, subject);
      Optional<UUID> holds = holds(rule, subject);
      if (!believed.equals(holds)) {
        believed.ifPresent(raised -> send(rule, subject, "about = {2} AND NOT withdrawn", raised));
        // What was sent and has ended since holds by the withdrawal of its recovery.
        holds.ifPresent(raised -> send(rule, subject, "(alert = {2} OR type = 'alert-withdrawn.v1' AND about IN (SELECT"
            + " ending.alert FROM " + store.beside() + ".alert AS ending WHERE ending.rule = {0}"
            + " AND ending.subject = {1} AND ending.about = {2} AND ending.seq IS NOT NULL))", raised));
      }
    }
    queries.add(db.query("UPDATE " + store.beside() + ".alert SET waits = FALSE WHERE rule = {0} AND waits",
        val(rule)));
  }

  /** Gives a number to the last alert of the subject that has none and is meant. */
  private void send(UUID rule, String subject, String meant, UUID raised) {
    db.fetch("SELECT place, partition FROM " + store.beside() + ".alert WHERE rule = {0} AND subject = {1}"
        + " AND seq IS NULL AND " + meant + " ORDER BY place DESC LIMIT 1", val(rule), val(subject), val(raised))
        .forEach(row -> queries.add(db.query("UPDATE " + store.beside() + ".alert SET seq = {1} WHERE place = {0}",
            val(row.get("place", Long.class)), val(take(row.get("partition", int.class))))));
  }

  private Optional<UUID> holds(UUID rule, String subject) {
    return db.fetch("SELECT alert FROM " + store.beside() + ".alert WHERE rule = {0}"
        + " AND subject = {1} AND " + AlertStore.HOLDS, val(rule), val(subject)).getValues(0, UUID.class).stream()
        .findFirst();
  }

  /** What the last alert that was sent has left raised: itself, or what the recovery had ended that it withdraws. */
  private Optional<UUID> believed(UUID rule, String subject) {
    return db.fetch("SELECT CASE WHEN alert.type = 'alert-raised.v1' THEN alert.alert"
            + " WHEN about.type = 'alert-recovered.v1' THEN about.about END"
            + " FROM " + store.beside() + ".alert AS alert LEFT JOIN " + store.beside() + ".alert AS about"
            + " ON about.alert = alert.about AND alert.type = 'alert-withdrawn.v1'"
            + " WHERE alert.rule = {0} AND alert.subject = {1} AND alert.seq IS NOT NULL AND NOT alert.test"
            + " ORDER BY alert.seq DESC LIMIT 1", val(rule), val(subject)).stream()
        .map(row -> Optional.ofNullable(row.get(0, UUID.class))).findFirst().flatMap(each -> each);
  }

  /** Writes what was added. */
  public void write() {
    if (!queries.isEmpty()) {
      db.batch(queries).execute();
      queries.clear();
    }
  }
}
