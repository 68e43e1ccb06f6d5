package io.neuronledger.query.webhook.delivery;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.foundation.access.caller.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The stored webhooks and their encrypted secrets. */
public final class WebhookStore {
  private final String webhooks;
  private final String secrets;

  /** @param beside the schema beside the generations, as SQL */
  public WebhookStore(String beside) {
    this.webhooks = beside + ".webhook";
    this.secrets = beside + ".webhook_secret";
  }

  /** Adds a webhook that is enabled. */
  public void add(StoredWebhook webhook, DSLContext db) {
    db.execute("INSERT INTO " + webhooks + " (id, feed, maker_credential, maker_subject, url, description, types,"
            + " owners, of_owner, position, created_at, failures)"
            + " VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}::text[], {7}::text[], {8}, {9}, {10}, 0)",
        val(webhook.id()), word(webhook.feed()), word(webhook.maker().credential()), val(webhook.maker().subject()),
        val(webhook.url()), val(webhook.description()), val(webhook.types().toArray(String[]::new)),
        val(webhook.owners().stream().map(WalletAddress::value).toArray(String[]::new)), val(webhook.ofOwner()),
        val(webhook.position()), time(webhook.createdAt()));
  }

  /** Until the end of the transaction nobody else makes one, so that a limit of their number holds. */
  public void lock(DSLContext db) {
    db.fetch("SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))", val("neuron-ledger makes " + webhooks));
  }

  public int count(DSLContext db) {
    return db.fetchSingle("SELECT count(*)::int AS n FROM " + webhooks + " WHERE removed_at IS NULL")
        .get("n", Integer.class);
  }

  public int count(Caller.Credential credential, DSLContext db) {
    return db.fetchSingle("SELECT count(*)::int AS n FROM " + webhooks
            + " WHERE removed_at IS NULL AND maker_credential = {0}",
        word(credential)).get("n", Integer.class);
  }

  public int count(StoredWebhook.Maker maker, DSLContext db) {
    return db.fetchSingle("SELECT count(*)::int AS n FROM " + webhooks
            + " WHERE removed_at IS NULL AND maker_credential = {0} AND maker_subject = {1}",
        word(maker.credential()), val(maker.subject())).get("n", Integer.class);
  }

  public Optional<StoredWebhook> find(UUID id, DSLContext db) {
    return db.fetch("SELECT * FROM " + webhooks + " WHERE id = {0} AND removed_at IS NULL", val(id)).stream()
        .map(WebhookStore::webhook).findFirst();
  }

  /** The same; nobody else changes it until the end of the transaction. */
  public Optional<StoredWebhook> findLocked(UUID id, DSLContext db) {
    return db.fetch("SELECT * FROM " + webhooks + " WHERE id = {0} AND removed_at IS NULL FOR UPDATE", val(id))
        .stream().map(WebhookStore::webhook).findFirst();
  }

  /** Those that receive something. */
  public List<StoredWebhook> enabled(DSLContext db) {
    return db.fetch("SELECT * FROM " + webhooks + " WHERE disabled_reason IS NULL AND removed_at IS NULL"
        + " ORDER BY created_at, id").stream().map(WebhookStore::webhook).toList();
  }

  /**
   * A page, newest first.
   *
   * @param maker whose; empty: of all
   * @param createdAt and {@code id}: of the one after which the page begins
   */
  public List<StoredWebhook> page(Optional<StoredWebhook.Maker> maker, Optional<Instant> createdAt, Optional<UUID> id,
      int limit, DSLContext db) {
    return db.fetch("SELECT * FROM " + webhooks + " WHERE removed_at IS NULL"
            + " AND ({0}::text IS NULL OR (maker_credential = {0} AND maker_subject = {1}))"
            + " AND ({2}::timestamptz IS NULL OR (created_at, id) < ({2}, {3}))"
            + " ORDER BY created_at DESC, id DESC LIMIT {4}",
        val(maker.map(each -> each.credential().name().toLowerCase(Locale.ROOT)).orElse(null), String.class),
        val(maker.map(StoredWebhook.Maker::subject).orElse(null), String.class), time(createdAt.orElse(null)),
        val(id.orElse(null), UUID.class), val(limit)).stream().map(WebhookStore::webhook).toList();
  }

  /** Sets its position, whatever it is. */
  public void place(UUID id, String position, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET position = {1} WHERE id = {0}", val(id), val(position));
  }

  /** Changes what its maker may change. */
  public void change(UUID id, String url, String description, List<String> types, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET url = {1}, description = {2}, types = {3}::text[] WHERE id = {0}", val(id),
        val(url), val(description), val(types.toArray(String[]::new)));
  }

  /** Disables it; one that is disabled keeps its reason. Whether it was enabled. */
  public boolean disable(UUID id, WebhookView.Reason reason, Instant at, DSLContext db) {
    return db.execute("UPDATE " + webhooks + " SET disabled_reason = {1}, disabled_at = {2}"
        + " WHERE id = {0} AND disabled_reason IS NULL", val(id), word(reason), time(at)) == 1;
  }

  /**
   * Enables it, and forgets how long it has failed. That it has is known until an attempt is successful: else its place
   * would be one of those that answer as often as it is enabled.
   */
  public void enable(UUID id, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET disabled_reason = NULL, disabled_at = NULL,"
        + " failures = least(failures, 1), failing_since = NULL, paused_until = NULL WHERE id = {0}", val(id));
  }

  /** Sends at once what waits because attempts have failed. */
  public void resume(UUID id, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET paused_until = NULL WHERE id = {0}", val(id));
  }

  void succeeded(UUID id, Instant at, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET failures = 0, failing_since = NULL, paused_until = NULL,"
        + " delivered_at = {1} WHERE id = {0}", val(id), time(at));
  }

  void forgetFailures(UUID id, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET failures = 0, failing_since = NULL WHERE id = {0}", val(id));
  }

  void failed(UUID id, Instant at, Instant pausedUntil, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET failures = failures + 1, failing_since = coalesce(failing_since, {1}),"
        + " paused_until = {2} WHERE id = {0}", val(id), time(at), time(pausedUntil));
  }

  /** Removes it and its secrets. Its messages and their log may be millions: they go later, some at a time. */
  public void remove(UUID id, Instant at, DSLContext db) {
    db.execute("UPDATE " + webhooks + " SET removed_at = {1} WHERE id = {0} AND removed_at IS NULL", val(id),
        time(at));
    db.execute("DELETE FROM " + secrets + " WHERE webhook = {0}", val(id));
  }

  /** Removes those that have ended with the credential of their maker before a time. */
  void removeEnded(Instant before, Instant at, DSLContext db) {
    db.execute("WITH ended AS (UPDATE " + webhooks + " SET removed_at = {2} WHERE disabled_reason = {0}"
            + " AND disabled_at < {1} AND removed_at IS NULL RETURNING id)"
            + " DELETE FROM " + secrets + " WHERE webhook IN (SELECT id FROM ended)",
        word(WebhookView.Reason.CREDENTIAL), time(before), time(at));
  }

  /** Those that are removed, and may have messages. */
  List<UUID> removed(DSLContext db) {
    return db.fetch("SELECT id FROM " + webhooks + " WHERE removed_at IS NOT NULL").getValues("id", UUID.class);
  }

  /** Ends one that is removed and has no more messages. */
  void end(UUID id, DSLContext db) {
    db.execute("DELETE FROM " + webhooks + " WHERE id = {0} AND removed_at IS NOT NULL", val(id));
  }

  /** Adds a secret that is good until another one is added. */
  public void addSecret(UUID id, byte[] encrypted, Instant at, DSLContext db) {
    db.execute("INSERT INTO " + secrets + " (webhook, created_at, secret) VALUES ({0}, {1}, {2})", val(id), time(at),
        val(encrypted));
  }

  /** Lets the current secret end. */
  public void expireSecrets(UUID id, Instant at, DSLContext db) {
    db.execute("UPDATE " + secrets + " SET expires_at = {1} WHERE webhook = {0} AND expires_at IS NULL", val(id),
        time(at));
  }

  /** Those that sign at a time, the newest first; encrypted. */
  public List<byte[]> secrets(UUID id, Instant at, DSLContext db) {
    return db.fetch("SELECT secret FROM " + secrets + " WHERE webhook = {0}"
        + " AND (expires_at IS NULL OR expires_at > {1}) ORDER BY number DESC", val(id), time(at))
        .getValues("secret", byte[].class);
  }

  void removeSecrets(Instant expiredBefore, DSLContext db) {
    db.execute("DELETE FROM " + secrets + " WHERE expires_at < {0}", time(expiredBefore));
  }

  static Field<String> word(Enum<?> value) {
    return val(value.name().toLowerCase(Locale.ROOT));
  }

  static Field<OffsetDateTime> time(@Nullable Instant at) {
    return val(at == null ? null : at.atOffset(ZoneOffset.UTC), OffsetDateTime.class);
  }

  static Optional<Instant> instant(Record row, String column) {
    return Optional.ofNullable(row.get(column, Instant.class));
  }

  private static StoredWebhook webhook(Record row) {
    Optional<WebhookView.Disabled> disabled = Optional.ofNullable(row.get("disabled_reason", String.class))
        .map(reason -> new WebhookView.Disabled(WebhookView.Reason.valueOf(reason.toUpperCase(Locale.ROOT)),
            row.get("disabled_at", Instant.class)));
    return new StoredWebhook(row.get("id", UUID.class),
        WebhookView.Feed.valueOf(row.get("feed", String.class).toUpperCase(Locale.ROOT)),
        new StoredWebhook.Maker(
            Caller.Credential.valueOf(row.get("maker_credential", String.class).toUpperCase(Locale.ROOT)),
            row.get("maker_subject", String.class)),
        row.get("url", String.class), row.get("description", String.class),
        List.of(row.get("types", String[].class)),
        Stream.of(row.get("owners", String[].class)).map(WalletAddress::new).toList(),
        row.get("of_owner", Boolean.class), row.get("position", String.class), row.get("created_at", Instant.class),
        disabled, row.get("failures", Integer.class), instant(row, "failing_since"), instant(row, "paused_until"),
        instant(row, "delivered_at"));
  }
}
