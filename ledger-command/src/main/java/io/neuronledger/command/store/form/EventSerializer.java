package io.neuronledger.command.store.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.foundation.partitionlog.StoredNames;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Events as JSON by Jackson 2, the same JSON that Jackson 3 writes and reads on Kafka. The stored type is the event's
 * own name, which includes its version; there is no separate revision, and an upcaster maps one name to the next.
 */
public final class EventSerializer extends JacksonSerializer {
  /** The stored names of events and snapshots. */
  public static final StoredNames NAMES = StoredNames.of(AccountEvent.class)
      .with(LedgerSnapshot.class, LedgerSnapshot.NAME);

  /** The conventions of all JSON in this project: snake_case, ISO-8601 times, no field for an absent value. */
  public static final ObjectMapper MAPPER = mapper();

  private EventSerializer(Builder builder) {
    super(builder);
  }

  public static EventSerializer create() {
    return new EventSerializer(builder().objectMapper(mapper()));
  }

  /** A new one, which Axon may extend. */
  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModules(new JavaTimeModule(), new Jdk8Module())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  @Override
  @SuppressWarnings("rawtypes") // Axon's signature
  public SerializedType typeForClass(Class type) {
    return MetaData.class.isAssignableFrom(type)
        ? super.typeForClass(type)
        : new SimpleSerializedType(NAMES.nameOf(type), null);
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    return MetaData.class.getName().equals(type.getName()) ? MetaData.class : NAMES.typeOf(type.getName());
  }
}
