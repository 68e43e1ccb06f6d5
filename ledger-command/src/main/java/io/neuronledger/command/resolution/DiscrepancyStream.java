package io.neuronledger.command.resolution;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored events of one discrepancy: its finding, and the decisions about it in one stream per key. */
public final class DiscrepancyStream {
  private static final String TYPE = "resolution";

  private final EventStore eventStore;
  private final JdbcClient jdbc;

  public DiscrepancyStream(EventStore eventStore, JdbcClient jdbc) {
    this.eventStore = eventStore;
    this.jdbc = jdbc;
  }

  /** Whether a discrepancy with this key was ever recorded for the owner. */
  boolean wasFound(WalletAddress owner, String key) {
    return jdbc.sql("""
        SELECT EXISTS (SELECT FROM account_event WHERE stream = :stream AND name = :name
          AND convert_from(payload, 'UTF8')::jsonb ->> 'key' = :key)""")
        .param("stream", "ledger:" + owner).param("name", EventNames.DISCREPANCY_FOUND).param("key", key)
        .query(Boolean.class).single();
  }

  /** The newest decision about a discrepancy, with its sequence number in the stream. */
  record Last(AccountEvent decision, long sequence) {
    /** Its place among the decisions, from 1. */
    long number() {
      return sequence + 1;
    }
  }

  Optional<Last> last(WalletAddress owner, String key) {
    String stream = idOf(owner, key);
    return eventStore.lastSequenceNumberFor(stream).flatMap(sequence -> {
      DomainEventStream events = eventStore.readEvents(stream, sequence);
      return events.hasNext() ? Optional.of(new Last((AccountEvent) events.next().getPayload(), sequence))
          : Optional.empty();
    });
  }

  /**
   * Appends a decision; the open unit of work commits it, unless another one was recorded after {@code last}.
   *
   * @param last the newest decision when this one was made
   */
  void append(WalletAddress owner, String key, Optional<Last> last, AccountEvent decision) {
    eventStore.publish(new GenericDomainEventMessage<>(TYPE, idOf(owner, key),
        last.map(each -> each.sequence() + 1).orElse(0L), decision));
  }

  /** The owner follows the type, as in every stream: it is the key under which the event is published. */
  private static String idOf(WalletAddress owner, String key) {
    return TYPE + ":" + owner + ":" + key;
  }
}
