package io.neuronledger.query.webhook.delivery;

import static io.neuronledger.query.webhook.delivery.WebhookStore.instant;
import static io.neuronledger.query.webhook.delivery.WebhookStore.time;
import static io.neuronledger.query.webhook.delivery.WebhookStore.word;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.WebhookDeliveryView;
import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.query.webhook.sending.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** The messages of webhooks, and the log of their attempts. */
public final class MessageStore {
  private static final int REMOVED_AT_ONCE_MAX = 5_000;

  private final String webhooks;
  private final String messages;
  private final String deliveries;

  /** @param beside the schema beside the generations, as SQL */
  public MessageStore(String beside) {
    this.webhooks = beside + ".webhook";
    this.messages = beside + ".webhook_message";
    this.deliveries = beside + ".webhook_delivery";
  }

  /**
   * A message that is not sent yet.
   *
   * @param id the {@code webhook-id}
   * @param partition and {@code seq}: of its event
   * @param owner in lower case; "" where it concerns nobody
   */
  public record NewMessage(String id, int partition, long seq, String owner, String type, String body) {}

  /** A message that is to be sent; after a replay the one of the same id has another number. */
  record DueMessage(long number, String id, String type, String body, int attempts) {}

  /** A line of a list, with the number after which the list goes on. */
  public record Line<T>(long number, T view) {}

  /**
   * Adds messages in their order, each as pending. One that waits already stays where it is; one that has ended comes
   * again, after all others.
   */
  public void add(UUID webhook, List<NewMessage> added, Instant at, DSLContext db) {
    for (NewMessage each : added) {
      db.execute("INSERT INTO " + messages + " AS m (webhook, id, event_partition, event_seq, owner, type, body, state,"
              + " attempts, created_at, next_attempt_at) VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, 'pending', 0, {7},"
              + " {7}) ON CONFLICT ON CONSTRAINT webhook_message_pk DO UPDATE SET state = 'pending', number = DEFAULT,"
              + " body = EXCLUDED.body, attempts = 0, created_at = EXCLUDED.created_at,"
              + " next_attempt_at = EXCLUDED.next_attempt_at, ended_at = NULL WHERE m.state <> 'pending'",
          val(webhook), val(each.id()), val(each.partition()), val(each.seq()), val(each.owner()), val(each.type()),
          val(each.body()), time(at));
    }
  }

  /** How many wait. */
  public int pending(UUID webhook, DSLContext db) {
    return db.fetchSingle("SELECT count(*)::int AS n FROM " + messages + " WHERE webhook = {0} AND state = 'pending'",
        val(webhook)).get("n", Integer.class);
  }

  /** How many wait, by webhook; without those of which none does. */
  public Map<UUID, Integer> pending(List<UUID> of, DSLContext db) {
    return db.fetch("SELECT webhook, count(*)::int AS n FROM " + messages + " WHERE webhook = ANY ({0}::uuid[])"
        + " AND state = 'pending' GROUP BY webhook", val(of.toArray(UUID[]::new))).stream()
        .collect(Collectors.toMap(row -> row.get("webhook", UUID.class), row -> row.get("n", Integer.class)));
  }

  /** How many wait, of all webhooks that are neither removed nor ended with the credential of their maker. */
  public long pending(DSLContext db) {
    return db.fetchSingle("SELECT count(*) AS n FROM " + messages + " JOIN " + webhooks + " w ON w.id = webhook"
        + " WHERE state = 'pending' AND removed_at IS NULL AND disabled_reason IS DISTINCT FROM {0}",
        word(WebhookView.Reason.CREDENTIAL)).get("n", Long.class);
  }

  /** The first one in order that is due, none of whose owner's messages before it waits. */
  Optional<DueMessage> next(UUID webhook, Instant now, DSLContext db) {
    return db.fetch("SELECT number, id, type, body, attempts FROM " + messages + " m WHERE webhook = {0}"
        + " AND state = 'pending' AND next_attempt_at <= {1} AND " + isFirstOfOwner() + " ORDER BY number LIMIT 1",
        val(webhook), time(now)).stream().map(row -> new DueMessage(row.get("number", Long.class),
            row.get("id", String.class), row.get("type", String.class), row.get("body", String.class),
            row.get("attempts", Integer.class))).findFirst();
  }

  /** When the next one is due; empty if none waits. */
  Optional<Instant> nextDue(UUID webhook, DSLContext db) {
    return instant(db.fetchSingle("SELECT min(next_attempt_at) AS due FROM " + messages + " m WHERE webhook = {0}"
        + " AND state = 'pending' AND " + isFirstOfOwner(), val(webhook)), "due");
  }

  private String isFirstOfOwner() {
    return "NOT EXISTS (SELECT FROM " + messages + " b WHERE b.webhook = m.webhook AND b.state = 'pending'"
        + " AND b.owner = m.owner AND b.number < m.number)";
  }

  void delivered(UUID webhook, long number, Instant at, DSLContext db) {
    // What was delivered is not sent again: its content is in the topic.
    db.execute("UPDATE " + messages + " SET state = 'delivered', attempts = attempts + 1, body = NULL,"
        + " next_attempt_at = NULL, ended_at = {2} WHERE webhook = {0} AND number = {1} AND state = 'pending'",
        val(webhook), val(number), time(at));
  }

  void postponed(UUID webhook, long number, Instant until, DSLContext db) {
    db.execute("UPDATE " + messages + " SET attempts = attempts + 1, next_attempt_at = {2}"
        + " WHERE webhook = {0} AND number = {1} AND state = 'pending'", val(webhook), val(number), time(until));
  }

  void givenUp(UUID webhook, long number, Instant at, DSLContext db) {
    db.execute("UPDATE " + messages + " SET state = 'dead', attempts = attempts + 1, next_attempt_at = NULL,"
        + " ended_at = {2} WHERE webhook = {0} AND number = {1} AND state = 'pending'", val(webhook), val(number),
        time(at));
  }

  /** Makes a dead letter pending again; whether it is one. */
  public boolean retry(UUID webhook, String id, Instant at, DSLContext db) {
    return db.execute("UPDATE " + messages + " SET state = 'pending', attempts = 0, next_attempt_at = {2},"
        + " ended_at = NULL WHERE webhook = {0} AND id = {1} AND state = 'dead'", val(webhook), val(id), time(at)) == 1;
  }

  /** Makes what waits after a failure due at once. */
  public void hurry(UUID webhook, Instant at, DSLContext db) {
    db.execute("UPDATE " + messages + " SET next_attempt_at = {1} WHERE webhook = {0} AND state = 'pending'"
        + " AND next_attempt_at > {1}", val(webhook), time(at));
  }

  /** Forgets the messages from a position on that wait: they will come again, as those will that have ended. */
  public void forget(UUID webhook, int partition, long fromSeq, DSLContext db) {
    db.execute("DELETE FROM " + messages + " WHERE webhook = {0} AND event_partition = {1} AND event_seq >= {2}"
        + " AND state = 'pending'", val(webhook), val(partition), val(fromSeq));
  }

  public Optional<WebhookMessageView> find(UUID webhook, String id, DSLContext db) {
    return db.fetch("SELECT * FROM " + messages + " WHERE webhook = {0} AND id = {1}", val(webhook), val(id)).stream()
        .map(row -> message(row).view()).findFirst();
  }

  /**
   * A page of messages, newest first.
   *
   * @param states those that are wanted; none: all
   * @param before the number of the last line of the page before
   */
  public List<Line<WebhookMessageView>> messages(UUID webhook, List<WebhookMessageView.State> states, long before,
      int limit, DSLContext db) {
    // As text: the indexes of one state serve no parameter.
    String wanted = states.isEmpty() ? "" : states.stream().map(each -> "'" + each.name().toLowerCase(Locale.ROOT)
        + "'").collect(Collectors.joining(", ", " AND state IN (", ")"));
    return db.fetch("SELECT * FROM " + messages + " WHERE webhook = {0} AND number < {1}" + wanted
        + " ORDER BY number DESC LIMIT {2}", val(webhook), val(before), val(limit)).stream()
        .map(MessageStore::message).toList();
  }

  /** Adds an attempt to the log; {@code number} is its own among those of the message. */
  public void log(UUID webhook, String message, String type, int number, Attempt attempt, DSLContext db) {
    db.execute("INSERT INTO " + deliveries + " (webhook, message, type, attempt, at, took_ms, outcome, status)"
            + " VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}::int)",
        val(webhook), val(message), val(type), val(number), time(attempt.at()), val(attempt.took().toMillis()),
        word(attempt.outcome()),
        val(attempt.status().isPresent() ? (Integer) attempt.status().getAsInt() : null, Integer.class));
  }

  /** A page of the log, newest first. */
  public List<Line<WebhookDeliveryView>> deliveries(UUID webhook, long before, int limit, DSLContext db) {
    return db.fetch("SELECT * FROM " + deliveries + " WHERE webhook = {0} AND number < {1} ORDER BY number DESC"
        + " LIMIT {2}", val(webhook), val(before), val(limit)).stream().map(row -> {
          Optional<Integer> status = Optional.ofNullable(row.get("status", Integer.class));
          return new Line<>(row.get("number", Long.class), new WebhookDeliveryView(row.get("message", String.class),
              row.get("type", String.class), row.get("attempt", Integer.class), row.get("at", Instant.class),
              row.get("took_ms", Long.class), WebhookDeliveryView.Outcome.valueOf(
                  row.get("outcome", String.class).toUpperCase(Locale.ROOT)),
              status.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
        }).toList();
  }

  /** Removes what has ended before a time, and the log before it, some at once; whether there may be more. */
  boolean remove(Instant before, DSLContext db) {
    int ended = removeSome(messages, "ended_at < {0}", time(before), db);
    int logged = removeSome(deliveries, "at < {0}", time(before), db);
    return Math.max(ended, logged) == REMOVED_AT_ONCE_MAX;
  }

  /** Removes all messages of a webhook and their log, some at once. */
  void removeAll(UUID webhook, DSLContext db) {
    for (String table : List.of(messages, deliveries)) {
      int count = REMOVED_AT_ONCE_MAX;
      while (count == REMOVED_AT_ONCE_MAX) {
        count = removeSome(table, "webhook = {0}", val(webhook), db);
      }
    }
  }

  private static int removeSome(String table, String condition, Field<?> value, DSLContext db) {
    return db.execute("DELETE FROM " + table + " WHERE ctid = ANY (ARRAY (SELECT ctid FROM " + table + " WHERE "
        + condition + " LIMIT {1}))", value, val(REMOVED_AT_ONCE_MAX));
  }

  private static Line<WebhookMessageView> message(Record row) {
    return new Line<>(row.get("number", Long.class), new WebhookMessageView(row.get("id", String.class),
        row.get("type", String.class),
        Optional.of(row.get("owner", String.class)).filter(owner -> !owner.isEmpty()).map(WalletAddress::new),
        WebhookMessageView.State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
        row.get("attempts", Integer.class), row.get("created_at", Instant.class), instant(row, "next_attempt_at"),
        instant(row, "ended_at")));
  }
}
