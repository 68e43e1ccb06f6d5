package io.neuronledger.query.projection;

import static io.neuronledger.query.db.Tables.ENTRY;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Instant;
import java.util.Optional;
import org.jooq.JSON;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The payload of a journal entry: the event and its place in the stream, without what the entry's columns hold. */
public final class EntryPayload {
  private static final JsonMapper JSON_WITHOUT_COLUMNS = TopicJson.MAPPER.rebuild()
      .addMixIn(AccountEvent.class, Untyped.class)
      .addMixIn(LedgerEvent.class, EventWithoutColumns.class)
      .addMixIn(Cause.Form.class, CauseWithoutColumns.class)
      .build();

  private EntryPayload() {}

  private record Payload(long sequence, Instant recordedAt, LedgerEvent event) {}

  /** A journal entry as it was recorded. */
  public record Entry(LedgerEvent event, Instant recordedAt) {}

  /** The JSON of the payload. */
  public static byte[] of(LedgerEventRecord line) {
    return JSON_WITHOUT_COLUMNS.writeValueAsBytes(
        new Payload(line.record().sequence(), line.record().recordedAt(), line.event()));
  }

  /** @param row with all fields of the entry */
  public static Entry read(Record row) {
    JsonNode payload = TopicJson.MAPPER.readTree(row.get(ENTRY.PAYLOAD).data());
    ObjectNode event = payload.required("event").asObject();
    event.put("type", row.get(ENTRY.TYPE)).put("owner", row.get(ENTRY.OWNER).value());
    Optional.ofNullable(row.get(ENTRY.PROVIDER)).ifPresent(provider -> event.put("provider", provider.value()));
    Optional.ofNullable(row.get(ENTRY.SERVICE)).ifPresent(service -> event.put("service", service.value()));
    Optional.ofNullable(row.get(ENTRY.AMOUNT)).ifPresent(amount -> event.put("amount", amount.toString()));
    complete(event.required("cause").asObject(), row.get(ENTRY.BLOCK_TIME),
        Optional.ofNullable(row.get(ENTRY.TRANSACTION_HASH)));
    return new Entry((LedgerEvent) TopicJson.MAPPER.treeToValue(event, AccountEvent.class),
        TopicJson.MAPPER.treeToValue(payload.required("recorded_at"), Instant.class));
  }

  /**
   * The cause of an entry.
   *
   * @param stored the part in its payload
   */
  public static Cause cause(JSON stored, Instant blockTime, Optional<Hash> transaction) {
    ObjectNode cause = TopicJson.MAPPER.readTree(stored.data()).asObject();
    complete(cause, blockTime, transaction);
    return TopicJson.MAPPER.treeToValue(cause, Cause.class);
  }

  /** The column has the transaction of a trace too, whose payload has it as the kind of its evidence. */
  private static void complete(ObjectNode cause, Instant blockTime, Optional<Hash> transaction) {
    cause.put("time", blockTime.toString());
    transaction.filter(_ -> !cause.has("trace")).ifPresent(hash -> cause.put("transaction", hash.value()));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  private interface Untyped {}

  @JsonIgnoreProperties({"owner", "provider", "service", "amount"})
  private interface EventWithoutColumns {}

  @JsonIgnoreProperties({"time", "transaction"})
  private interface CauseWithoutColumns {}
}
