package io.neuronledger.command.resolution;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
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

  Optional<AccountEvent> lastDecision(WalletAddress owner, String key) {
    return last(idOf(owner, key)).map(message -> (AccountEvent) message.getPayload());
  }

  /** Appends a decision after the last one; the open unit of work commits it. */
  void append(WalletAddress owner, String key, AccountEvent decision) {
    String stream = idOf(owner, key);
    long sequence = last(stream).map(message -> message.getSequenceNumber() + 1).orElse(0L);
    eventStore.publish(new GenericDomainEventMessage<>(TYPE, stream, sequence, decision));
  }

  private Optional<DomainEventMessage<?>> last(String stream) {
    return eventStore.lastSequenceNumberFor(stream).flatMap(sequence -> {
      DomainEventStream events = eventStore.readEvents(stream, sequence);
      return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    });
  }

  /** The owner follows the type, as in every stream: it is the key under which the event is published. */
  private static String idOf(WalletAddress owner, String key) {
    return TYPE + ":" + owner + ":" + key;
  }
}
