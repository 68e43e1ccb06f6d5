package io.neuronledger.command.store.form;

import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.command.key.ApiKeyEvent;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.foundation.partitionlog.StoredNames;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.Map;
import java.util.Objects;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/**
 * Events in Axon's store as the same JSON that Kafka carries. The stored type is the event's own name, which includes
 * its version; there is no separate revision, and an upcaster maps one name to the next. Axon's own serializer is one
 * of Jackson 2, which nothing else in this service needs.
 */
public final class EventSerializer implements Serializer {
  /** The stored names of account events and snapshots. */
  public static final StoredNames NAMES = StoredNames.of(AccountEvent.class)
      .with(LedgerSnapshot.class, LedgerSnapshot.NAME);

  /** The stored names of the events of API keys. */
  public static final StoredNames API_KEY_NAMES = StoredNames.of(ApiKeyEvent.class);

  private static final String META_DATA = MetaData.class.getName();
  private static final JavaType META_DATA_VALUES =
      TopicJson.MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class);

  private final ChainingConverter converter = new ChainingConverter();
  private final StoredNames names;

  private EventSerializer(StoredNames names) {
    this.names = names;
    converter.registerConverter(new JsonTrees.Reader());
    converter.registerConverter(new JsonTrees.Writer());
  }

  /** Of account events and snapshots. */
  public static EventSerializer create() {
    return of(NAMES);
  }

  public static EventSerializer of(StoredNames names) {
    return new EventSerializer(names);
  }

  @Override
  public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
    Object event = Objects.requireNonNull(object);
    try {
      byte[] json = TopicJson.MAPPER.writeValueAsBytes(event);
      return new SimpleSerializedObject<>(converter.convert(json, byte[].class, representation), representation,
          typeForClass(event.getClass()));
    } catch (JacksonException e) {
      throw new SerializationException("cannot write " + event.getClass(), e);
    }
  }

  @Override
  public <T> boolean canSerializeTo(Class<T> representation) {
    return converter.canConvert(byte[].class, representation);
  }

  /**
   * @throws SerializationException for JSON that the type does not have
   * @throws IllegalArgumentException for a name that is not known
   */
  @Override
  // Axon's signature: the caller knows the type by its name.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <S, T> T deserialize(SerializedObject<S> stored) {
    byte[] json = converter.convert(stored, byte[].class).getData();
    String name = stored.getType().getName();
    try {
      return name.equals(META_DATA)
          ? (T) MetaData.from(TopicJson.MAPPER.<Map<String, Object>>readValue(json, META_DATA_VALUES))
          : (T) reader(stored.getType()).readValue(json);
    } catch (JacksonException e) {
      throw new SerializationException("cannot read " + name, e);
    }
  }

  private ObjectReader reader(SerializedType type) {
    return TopicJson.MAPPER.readerFor(classForType(type));
  }

  @Override
  @SuppressWarnings("rawtypes") // Axon's signature
  public SerializedType typeForClass(@Nullable Class type) {
    Class<?> known = Objects.requireNonNull(type);
    return new SimpleSerializedType(MetaData.class.equals(known) ? META_DATA : names.nameOf(known), null);
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    return META_DATA.equals(type.getName()) ? MetaData.class : names.typeOf(type.getName());
  }

  @Override
  public Converter getConverter() {
    return converter;
  }
}
