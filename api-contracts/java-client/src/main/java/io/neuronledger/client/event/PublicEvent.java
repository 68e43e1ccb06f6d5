package io.neuronledger.client.event;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of an owner, as the topic {@code ledger.public-events.v1}, server-sent events and webhooks have it.
 *
 * @param chainId EIP-155
 * @param partition of the owner; all of its events are in it
 * @param seq the event's number in the partition, from 0, without gaps
 * @param recordedAt by the clock of ledger-command
 * @param type its stored name, as {@code funds-deposited.v1}
 * @param event what has happened; empty for a type that is newer than this client. Who has decided is not public:
 *     {@code by} of a decision is empty
 * @param json the whole record, as it came
 */
public record PublicEvent(long chainId, int partition, long seq, Instant recordedAt, WalletAddress owner, String type,
    Optional<AccountEvent> event, String json) {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
          DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final String DECIDER = "by";

  /** The record around the event. */
  private record Envelope(long chainId, int partition, long seq, Instant recordedAt, ObjectNode event) {}

  /**
   * Reads a record of the topic. What it has besides is passed over: properties may be added to a type.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PublicEvent parse(String json) {
    try {
      Envelope read = JSON.readValue(json, Envelope.class);
      return new PublicEvent(read.chainId(), read.partition(), read.seq(), read.recordedAt(),
          WalletAddress.parse(text(read.event(), "owner")), text(read.event(), "type"), event(read.event()), json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a public event: " + Excerpt.of(json), e);
    }
  }

  private static String text(JsonNode event, String property) {
    return event.path(property).asStringOpt()
        .orElseThrow(() -> new IllegalArgumentException("a public event without " + property));
  }

  private static Optional<AccountEvent> event(ObjectNode event) {
    try {
      ObjectNode complete = event.has(DECIDER) ? event : event.deepCopy().put(DECIDER, "");
      return Optional.of(JSON.treeToValue(complete, AccountEvent.class));
    } catch (InvalidTypeIdException e) {
      return Optional.empty();
    }
  }

  /** {@code <partition>-<seq>}, as the CloudEvent's id and that of server-sent events of one owner. */
  public String id() {
    return partition + "-" + seq;
  }

  /**
   * Whether this event, which came before the other one, never happened: its block was replaced. It needs no known
   * type.
   */
  public boolean isRetractedBy(LedgerRewound rewound) {
    return owner.equals(rewound.owner()) && block().orElse(-1) >= rewound.fromBlock();
  }

  /** The block of the cause; none for usage and decisions. */
  private OptionalLong block() {
    JsonNode cause = JSON.readTree(json).at("/event/cause");
    if (cause.isMissingNode()) {
      return OptionalLong.empty();
    }
    String at = cause.path("at").asString("");
    int end = at.indexOf('-');
    try {
      return OptionalLong.of(Long.parseLong(at, 0, Math.max(end, 0), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a cause without a position: " + Excerpt.of(json), e);
    }
  }
}
