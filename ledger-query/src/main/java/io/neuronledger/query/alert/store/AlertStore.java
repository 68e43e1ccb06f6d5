package io.neuronledger.query.alert.store;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.contracts.view.alert.AlertsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.ValueFilter;
import io.neuronledger.query.types.HashConverter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored alerts, and how far they are judged and published. Whoever adds alerts holds the lock, so that instances
 * take turns. Each operation is a part of its caller's transaction.
 */
public final class AlertStore {
  private static final Logger log = LoggerFactory.getLogger(AlertStore.class);
  static final String HOLDS = "type = 'alert-raised.v1' AND NOT ended AND NOT withdrawn AND NOT test";

  private static final String LIST = "alerts1";
  private static final HashConverter HASHES = new HashConverter();

  private final String beside;
  private final Partitions partitions;
  private final JsonMapper json;
  /** Those of which the log says that they cannot be read. */
  private final Set<UUID> logged = ConcurrentHashMap.newKeySet();

  /**
   * What holds now.
   *
   * @param alert that was raised
   */
  public record Active(AlertView alert, AlertSubject subject) {}

  /**
   * What is wanted of the list.
   *
   * @param isActive only what holds, or only what does not; empty: both
   */
  public record Wanted(Optional<WalletAddress> owner, Optional<UUID> rule, Set<AlertKind> kind, Set<AlertType> type,
      Optional<Boolean> isActive) {}

  /**
   * What a rule has raised and holds.
   *
   * @param readable by the subject's key
   * @param unreadable the digests of the subjects of those whose content cannot be read
   */
  public record ActiveAlerts(Map<String, Active> readable, Set<String> unreadable) {}

  /**
   * An alert with its number in the topic.
   *
   * @param type its stored name
   * @param content as it is stored, also where only another version knows its form; empty where it is no alert at all
   */
  public record Numbered(int partition, long seq, String type, Optional<WalletAddress> owner,
      Optional<JsonNode> content) {}

  /** @param beside the schema beside the generations, as SQL */
  public AlertStore(String beside, Partitions partitions, JsonMapper json) {
    this.beside = beside;
    this.partitions = partitions;
    this.json = json;
  }

  /** Waits for the right to add alerts, which ends with the transaction. */
  public void lock(DSLContext db) {
    db.fetch("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))", val(lockName()));
  }

  /** The same without waiting. */
  public boolean tryLock(DSLContext db) {
    return tryLock(lockName(), db);
  }

  private static boolean tryLock(String name, DSLContext db) {
    return db.resultQuery("SELECT pg_try_advisory_xact_lock(hashtextextended({0}, 0))", val(name))
        .fetchSingle(row -> row.get(0, boolean.class));
  }

  private String lockName() {
    return "neuron-ledger alerts of " + beside;
  }

  /** The right to publish, without waiting; it ends with the transaction. */
  public boolean tryLockPublishing(DSLContext db) {
    return tryLock(lockName() + ", publishing", db);
  }

  /** Adds the rows of the partitions, before the first round. */
  public void prepare(DSLContext db) {
    IntStream.range(0, partitions.count()).forEach(partition -> {
      db.execute("INSERT INTO " + beside + ".alert_partition (partition, next_seq, judged_next, usage_next)"
          + " VALUES ({0}, 0, 0, 0)"
          + " ON CONFLICT DO NOTHING", val(partition));
      db.execute("INSERT INTO " + beside + ".alert_published (partition, next_seq) VALUES ({0}, 0)"
          + " ON CONFLICT DO NOTHING", val(partition));
    });
  }

  int partitionOf(AlertView alert) {
    return alert.owner().map(partitions::of).orElse(0);
  }

  String beside() {
    return beside;
  }

  String written(AlertView alert) {
    return json.writeValueAsString(alert);
  }

  /** Of a row with id and content; empty where another version has written a form that this one does not know. */
  private Optional<AlertView> readable(Record row) {
    UUID id = row.get("alert", UUID.class);
    try {
      return Optional.of(requireNonNull(json.readValue(row.get("content", String.class), AlertView.class)));
    } catch (RuntimeException e) {
      if (logged.add(id)) {
        log.warn("the alert {} cannot be read", id, e);
      }
      return Optional.empty();
    }
  }

  static byte[] bytes(Hash hash) {
    return requireNonNull(HASHES.to(hash));
  }

  /**
   * What a rule has raised and holds.
   *
   * @param owners of whom; empty: of all, and of none
   */
  public ActiveAlerts active(UUID rule, Optional<Set<WalletAddress>> owners, DSLContext db) {
    Map<String, Active> readable = new HashMap<>();
    Set<String> unreadable = new HashSet<>();
    db.fetch("SELECT alert, subject, content FROM " + beside + ".alert WHERE rule = {0} AND " + HOLDS
            + " AND ({1}::boolean OR owner = ANY ({2}::bytea[]))", val(rule), val(owners.isEmpty()),
        ValueFilter.addresses(owners.orElse(Set.of()))).forEach(row -> readable(row).ifPresentOrElse(alert -> {
          AlertSubject subject = AlertSubject.of(alert);
          readable.put(subject.key(), new Active(alert, subject));
        }, () -> unreadable.add(row.get("subject", String.class))));
    return new ActiveAlerts(readable, unreadable);
  }

  /** Ends what a rule has raised without a message; for what cannot be read. */
  public void endSilently(UUID rule, Set<String> subjects, DSLContext db) {
    db.execute("UPDATE " + beside + ".alert SET ended = TRUE WHERE rule = {0} AND subject = ANY ({1}::text[]) AND "
        + HOLDS, val(rule), val(subjects.toArray(String[]::new)));
  }

  /** How many alerts of a rule hold. */
  public int activeOf(UUID rule, DSLContext db) {
    return db.fetch("SELECT count(*) FROM " + beside + ".alert WHERE rule = {0} AND " + HOLDS, val(rule)).getFirst()
        .get(0, int.class);
  }

  /** The rules that have recorded alerts while they were muted, about which nothing is decided. */
  public Set<UUID> waiting(DSLContext db) {
    return Set.copyOf(db.fetch("SELECT DISTINCT rule FROM " + beside + ".alert WHERE waits").getValues(0, UUID.class));
  }

  /** How many alerts hold. */
  public long active(DSLContext db) {
    return db.fetch("SELECT count(*) FROM " + beside + ".alert WHERE " + HOLDS).getFirst().get(0, long.class);
  }

  /**
   * The alerts that were judged at a block which is not of the chain any more, the newest first, as the list shows
   * them. What a change of its rule has ended stays, and so does what was final when the rules were judged the last
   * time: whether it is final now says nothing, because the chain may have taken it back since. What cannot be read is
   * left to an instance that can.
   *
   * @param db reads the read model
   */
  public List<AlertView> retracted(DSLContext db) {
    return db.fetch("SELECT alert.alert, alert.content, alert.seq FROM " + beside + ".alert AS alert"
        + " WHERE alert.block IS NOT NULL AND NOT alert.withdrawn AND NOT alert.test"
        + " AND alert.type <> 'alert-withdrawn.v1' AND alert.block > coalesce((SELECT finalized_block FROM "
        + beside + ".alert_block), -1)"
        + " AND NOT EXISTS (SELECT FROM block"
        + " WHERE block.block = alert.block AND block.block_hash::bytea = alert.block_hash)"
        + " AND NOT (alert.ended AND EXISTS (SELECT FROM " + beside + ".alert AS ending"
        + " WHERE ending.rule = alert.rule AND ending.subject = alert.subject AND ending.about = alert.alert"
        + " AND ending.type = 'alert-recovered.v1' AND ending.block IS NULL))"
        + " ORDER BY alert.place DESC").stream()
        .flatMap(row -> readable(row).map(alert -> alert.shown(false, row.get("seq") == null)).stream()).toList();
  }

  /**
   * Whether the rules were judged at a block that is not of the chain any more.
   *
   * @param db reads the read model
   */
  public boolean isForked(DSLContext db) {
    return !db.fetch("SELECT 1 FROM " + beside + ".alert_block AS judged"
        + " WHERE NOT EXISTS (SELECT FROM block"
        + " WHERE block.block = judged.block AND block.block_hash::bytea = judged.block_hash)").isEmpty();
  }

  /** Whether an alert that stands was judged at a block after this one. */
  public boolean isAhead(long block, DSLContext db) {
    return !db.fetch("SELECT 1 FROM " + beside + ".alert WHERE block > {0} AND NOT withdrawn"
        + " AND NOT test AND type <> 'alert-withdrawn.v1' LIMIT 1", val(block)).isEmpty();
  }

  /**
   * The owners whose state may be another one than when the rules were judged the last time: those of new entries,
   * reports and reversals.
   *
   * @param db reads the read model
   */
  public Set<WalletAddress> changed(DSLContext db) {
    return Set.copyOf(db.fetch("WITH RECURSIVE " + Stream.of(newEvents("entered", "entry", "seq", "judged_next"),
            newEvents("reported", "usage_request", "seq", "usage_next"),
            newEvents("reversed", "usage_request", "reversed_seq", "usage_next"))
        .collect(Collectors.joining(",\n")) + """

        SELECT owner FROM entered WHERE owner IS NOT NULL
        UNION SELECT owner FROM reported WHERE owner IS NOT NULL
        UNION SELECT owner FROM reversed WHERE owner IS NOT NULL""")
        .map(row -> WalletAddress.of(row.get("owner", byte[].class))));
  }

  /** From event to event along the index by partition and number, so that no older one is read. */
  private String newEvents(String name, String table, String seq, String next) {
    return """
        %1$s (partition, seq, owner) AS (
          SELECT partition, %5$s - 1, NULL::bytea FROM %2$s.alert_partition
          UNION ALL
          SELECT %1$s.partition, next.seq, next.owner FROM %1$s CROSS JOIN LATERAL (
            SELECT event.%4$s AS seq, event.owner::bytea AS owner FROM %3$s AS event
            WHERE event.partition = %1$s.partition AND event.%4$s > %1$s.seq ORDER BY event.%4$s LIMIT 1) AS next)"""
        .formatted(name, beside, table, seq, next);
  }

  /**
   * The rules are judged at a block.
   *
   * @param reading reads the read model
   * @param db writes
   */
  public void judged(AsOf asOf, DSLContext reading, DSLContext db) {
    reading.fetch("""
        WITH later AS MATERIALIZED (SELECT partition, min(seq) AS seq FROM entry WHERE block > {0} GROUP BY partition)
        SELECT partition.partition, %s AS next, coalesce(usage.seq + 1, 0) AS usage_next
        FROM partition LEFT JOIN later ON later.partition = partition.partition
          LEFT JOIN usage_partition AS usage ON usage.partition = partition.partition"""
        .formatted(Visibility.firstUnseen("later")), val(asOf.block()))
        .forEach(row -> db.execute("UPDATE " + beside + ".alert_partition SET judged_next = {1}, usage_next = {2}"
                + " WHERE partition = {0} AND (judged_next <> {1} OR usage_next <> {2})",
            val(row.get("partition", Integer.class)), val(row.get("next", Long.class)),
            val(row.get("usage_next", Long.class))));
    long finalized = reading.fetch("SELECT finalized_block FROM blocks_position").getFirst().get(0, long.class);
    db.execute("DELETE FROM " + beside + ".alert_block"
        + " WHERE block <> {0} OR block_hash <> {1} OR finalized_block <> {2}", val(asOf.block()),
        val(bytes(asOf.blockHash())), val(finalized));
    db.execute("INSERT INTO " + beside + ".alert_block (block, block_hash, finalized_block) VALUES ({0}, {1}, {2})"
        + " ON CONFLICT DO NOTHING", val(asOf.block()), val(bytes(asOf.blockHash())), val(finalized));
  }

  /** Some instance knows how chain-indexer follows. */
  public void followingKnown(Instant now, DSLContext db) {
    db.execute("INSERT INTO " + beside + ".alert_following (known_at) VALUES ({0}) ON CONFLICT (one)"
        + " DO UPDATE SET known_at = GREATEST(alert_following.known_at, EXCLUDED.known_at)",
        val(now.atOffset(ZoneOffset.UTC)));
  }

  /** When an instance knew it the last time; empty: never. */
  public Optional<Instant> followingKnown(DSLContext db) {
    return db.fetch("SELECT known_at FROM " + beside + ".alert_following").stream()
        .map(row -> row.get("known_at", Instant.class)).findFirst();
  }

  /** Those that are not published yet, in order, at most so many. */
  public List<Numbered> unpublished(int atMost, DSLContext db) {
    return db.fetch("SELECT alert.partition, alert.seq, alert.type, alert.owner, alert.content FROM " + beside
            + ".alert_published AS published JOIN " + beside + ".alert AS alert"
            + " ON alert.partition = published.partition AND alert.seq >= published.next_seq"
            + " ORDER BY alert.partition, alert.seq LIMIT {0}", val(atMost)).stream()
        .map(row -> new Numbered(row.get("partition", int.class), row.get("seq", long.class),
            row.get("type", String.class),
            Optional.ofNullable(row.get("owner", byte[].class)).map(WalletAddress::of),
            content(row.get("content", String.class)))).toList();
  }

  private Optional<JsonNode> content(String text) {
    try {
      return Optional.of(json.readTree(text)).filter(node -> node.path("recorded_at").isString());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** All up to this one are published. */
  public void published(int partition, long seq, DSLContext db) {
    db.execute("UPDATE " + beside + ".alert_published SET next_seq = {1} WHERE partition = {0}", val(partition),
        val(seq + 1));
  }

  /** How many are not published yet. */
  public long unpublished(DSLContext db) {
    return db.fetch("SELECT coalesce(sum(recorded.next_seq - published.next_seq), 0) FROM " + beside
        + ".alert_partition AS recorded JOIN " + beside + ".alert_published AS published USING (partition)").getFirst()
        .get(0, long.class);
  }

  /**
   * One alert.
   *
   * @param owner whom it must be about; empty: anybody
   * @throws Refusal if there is one, and it cannot be read
   */
  public Optional<AlertView> find(UUID id, Optional<WalletAddress> owner, DSLContext db) {
    return db.fetch("SELECT alert, content, seq, " + HOLDS + " AS active FROM " + beside
        + ".alert WHERE alert = {0} AND ({1}::bytea IS NULL OR owner = {1})", val(id), AlertRules.bytes(owner))
        .stream().findFirst().map(row -> shown(row).orElseThrow(() -> new Refusal(ProblemCode.ALERT_UNREADABLE,
            "the stored content of the alert " + id + " cannot be read")));
  }

  /** Newest first. */
  public AlertsPage page(Wanted wanted, Page page, DSLContext db) {
    Optional<Long> before = page.after(LIST, 1).map(parts -> place(parts.getFirst()));
    List<Record> rows = List.copyOf(db.fetch("SELECT place, alert, content, seq, " + HOLDS + " AS active FROM " + beside
            + ".alert WHERE ({0}::bytea IS NULL OR owner = {0}) AND ({1}::uuid IS NULL OR rule = {1})"
            + " AND (cardinality({2}::text[]) = 0 OR kind = ANY ({2}))"
            + " AND (cardinality({3}::text[]) = 0 OR type = ANY ({3}))"
            + " AND ({4}::boolean IS NULL OR {4} = (" + HOLDS + ")) AND ({5}::bigint IS NULL OR place < {5})"
            + " ORDER BY place DESC LIMIT {6}",
        AlertRules.bytes(wanted.owner()), val(wanted.rule().orElse(null), SQLDataType.UUID),
        ValueFilter.texts(wanted.kind(), AlertKind::word), ValueFilter.texts(wanted.type(), AlertType::stored),
        val(wanted.isActive().orElse(null), SQLDataType.BOOLEAN), val(before.orElse(null), SQLDataType.BIGINT),
        val(page.limit() + 1)));
    List<AlertView> shown = new ArrayList<>();
    List<UUID> unreadable = new ArrayList<>();
    for (Record row : rows.subList(0, Math.min(page.limit(), rows.size()))) {
      shown(row).ifPresentOrElse(shown::add, () -> unreadable.add(row.get("alert", UUID.class)));
    }
    return new AlertsPage(shown, unreadable, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(Page.cursor(LIST, String.valueOf(rows.get(page.limit() - 1).get("place", long.class))))
        : Optional.empty());
  }

  private static long place(String part) {
    try {
      return Long.parseLong(part);
    } catch (NumberFormatException e) {
      throw Page.badCursor();
    }
  }

  private Optional<AlertView> shown(Record row) {
    return readable(row).map(alert -> alert.shown(row.get("active", boolean.class), row.get("seq") == null));
  }
}
