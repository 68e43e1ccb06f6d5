package io.neuronledger.command.store.key;

import io.neuronledger.command.key.ApiKeyAggregate;
import io.neuronledger.command.key.ApiKeyEvent;
import io.neuronledger.command.key.ApiKeyState;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The API keys of the event store. */
public final class KeyStore implements AutoCloseable {
  private final JdbcClient jdbc;
  private final EmbeddedEventStore events;
  private final Repository<ApiKeyAggregate> repository;
  private final UnitsOfWork units;

  /** @param source of a database with the tables */
  public KeyStore(DataSource source, Clock clock) {
    SpringTransactionManager transactions = new SpringTransactionManager(new JdbcTransactionManager(source));
    jdbc = JdbcClient.create(source);
    EmbeddedEventStore.Builder builder = EmbeddedEventStore.builder();
    events = builder.storageEngine(KeyStorageEngine.create(
        new SpringDataSourceConnectionProvider(source), transactions, clock)).build();
    repository = EventSourcingRepository.builder(ApiKeyAggregate.class).eventStore(events).build();
    units = new UnitsOfWork(transactions);
  }

  /**
   * Stores a new key.
   *
   * @throws org.axonframework.modelling.command.ConcurrencyException if there is one with its id
   */
  public ApiKeyState create(Callable<ApiKeyAggregate> key) {
    return units.run("make-api-key", () -> {
      try {
        return repository.newInstance(key).invoke(ApiKeyAggregate::state);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /**
   * Changes a key and stores what has happened to it.
   *
   * @return the key afterwards; empty if there is none with this id
   * @throws org.axonframework.modelling.command.ConcurrencyException if another writer has changed it meanwhile
   */
  public Optional<ApiKeyState> change(String id, Function<ApiKeyAggregate, ApiKeyState> change) {
    try {
      return Optional.of(units.run("change-api-key",
          () -> repository.load(ApiKeyAggregate.streamOf(id)).invoke(change)));
    } catch (AggregateNotFoundException e) {
      return Optional.empty();
    }
  }

  public Optional<ApiKeyState> find(String id) {
    return all(jdbc.sql("SELECT payload FROM api_key_event WHERE stream = :stream ORDER BY sequence")
        .param("stream", ApiKeyAggregate.streamOf(id)).query((row, _) -> event(row.getBytes(1))).list())
        .stream().findFirst();
  }

  /** In the order in which they were made. */
  public Collection<ApiKeyState> all() {
    return all(from(0));
  }

  private static Collection<ApiKeyState> all(List<ApiKeyEvent> events) {
    Keys keys = new Keys();
    events.forEach(keys::add);
    return keys.states.values();
  }

  /** The events from this seq on, in the order of their commits, without a gap. */
  public List<ApiKeyEvent> from(long seq) {
    return jdbc.sql("SELECT payload FROM api_key_event WHERE seq >= :seq ORDER BY seq").param("seq", seq)
        .query((row, _) -> event(row.getBytes(1))).list();
  }

  private static ApiKeyEvent event(byte[] payload) {
    return TopicJson.MAPPER.readValue(payload, ApiKeyEvent.class);
  }

  @Override
  public void close() {
    events.shutDown();
  }

  /** Keys by id, from their events. */
  public static final class Keys {
    private final Map<String, ApiKeyState> states = new LinkedHashMap<>();

    /** @return the key after the event, which is the next one of the key */
    public ApiKeyState add(ApiKeyEvent event) {
      ApiKeyState after = event instanceof ApiKeyEvent.ApiKeyMade made
          ? ApiKeyState.of(made)
          : Optional.ofNullable(states.get(event.id())).orElseThrow(() ->
              new IllegalStateException("the key " + event.id() + " has no first event")).evolve(event);
      states.put(event.id(), after);
      return after;
    }
  }
}
