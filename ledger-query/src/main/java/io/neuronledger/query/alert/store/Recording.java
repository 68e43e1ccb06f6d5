package io.neuronledger.query.alert.store;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertView.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Adds alerts in a transaction that holds the lock, and numbers those that are sent. What was added counts from
 * {@link #write} on.
 */
public final class Recording {
  private final AlertStore store;
  private final Instant now;
  private final DSLContext db;
  private final Map<Integer, Long> next = new HashMap<>();
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

  private long take(int partition) {
    long seq = next.computeIfAbsent(partition, each -> db.fetch("SELECT next_seq FROM " + store.beside()
        + ".alert_partition WHERE partition = {0} FOR UPDATE", val(each)).getFirst().get(0, Long.class));
    next.put(partition, seq + 1);
    return seq;
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
   * the last alert, where it holds and was not sent, or where what was sent holds no more.
   */
  public void release(UUID rule) {
    write();
    Map<String, List<Record>> waiting = new LinkedHashMap<>();
    db.fetch("SELECT * FROM " + store.beside() + ".alert WHERE rule = {0} AND waits ORDER BY place", val(rule))
        .forEach(row -> waiting.computeIfAbsent(row.get("subject", String.class), _ -> new ArrayList<>()).add(row));
    waiting.forEach((subject, rows) -> {
      boolean holds = holds(rule, subject);
      if (holds != wasSent(rule, subject)) {
        Record last = last(rows, holds ? AlertType.RAISED : AlertType.RECOVERED);
        queries.add(db.query("UPDATE " + store.beside() + ".alert SET seq = {1} WHERE place = {0}",
            val(last.get("place", Long.class)), val(take(last.get("partition", int.class)))));
      }
    });
    queries.add(db.query("UPDATE " + store.beside() + ".alert SET waits = FALSE WHERE rule = {0} AND waits",
        val(rule)));
  }

  /** The last of this type that was not withdrawn; else, what withdrew others. */
  private static Record last(List<Record> rows, AlertType type) {
    return rows.reversed().stream().filter(row -> row.get("type", String.class).equals(type.stored())
        && !row.get("withdrawn", boolean.class)).findFirst().orElse(rows.getLast());
  }

  private boolean holds(UUID rule, String subject) {
    return !db.fetch("SELECT 1 FROM " + store.beside() + ".alert WHERE rule = {0}"
        + " AND subject = {1} AND " + AlertStore.HOLDS, val(rule), val(subject)).isEmpty();
  }

  /** Whether the last alert that was sent has left it raised: a raised one, or the withdrawal of a recovery. */
  private boolean wasSent(UUID rule, String subject) {
    return db.fetch("SELECT alert.type = 'alert-raised.v1' OR coalesce(about.type = 'alert-recovered.v1', FALSE)"
            + " FROM " + store.beside() + ".alert AS alert LEFT JOIN " + store.beside() + ".alert AS about"
            + " ON about.alert = alert.about AND alert.type = 'alert-withdrawn.v1'"
            + " WHERE alert.rule = {0} AND alert.subject = {1} AND alert.seq IS NOT NULL AND NOT alert.test"
            + " ORDER BY alert.seq DESC LIMIT 1", val(rule), val(subject)).stream()
        .map(row -> row.get(0, boolean.class)).findFirst().orElse(false);
  }

  /** Writes what was added. */
  public void write() {
    if (!queries.isEmpty()) {
      db.batch(queries).execute();
      queries.clear();
    }
    next.forEach((partition, seq) -> db.execute("UPDATE " + store.beside()
        + ".alert_partition SET next_seq = {1} WHERE partition = {0}", val(partition), val(seq)));
  }
}
