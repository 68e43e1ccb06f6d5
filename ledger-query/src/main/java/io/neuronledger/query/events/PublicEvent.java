package io.neuronledger.query.events;

import static io.neuronledger.foundation.partitionlog.TopicJson.MAPPER;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.topic.event.EventTopic;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;

/**
 * A record of a topic for subscribers.
 *
 * @param seq its number in the partition, from 0, without gaps
 * @param offset Kafka's, from which it is read
 * @param owner the owner's address, in lower case; "" where it concerns no owner
 * @param chainId the EIP-155 id of the chain
 * @param type the event's stored name
 * @param value the JSON that subscribers of Kafka receive
 */
public record PublicEvent(int partition, long seq, long offset, String owner, long chainId, String type, String value) {
  private static final Pattern ID = Pattern.compile("(0|[1-9]\\d{0,9})-(0|[1-9]\\d{0,17})");
  private static final int SEQ_GROUP = 2;
  private static final Map<EventTopic, Pattern> SOURCES = Stream.of(EventTopic.values())
      .collect(Collectors.toUnmodifiableMap(topic -> topic, topic -> Pattern.compile(topic.sourcePattern())));

  /** Empty for what is no event of the topic. */
  static Optional<PublicEvent> of(ConsumerRecord<byte[], byte[]> record, EventTopic topic) {
    Matcher source = requireNonNull(SOURCES.get(topic)).matcher(header(record.headers(), "ce_source").orElse(""));
    Optional<String> type = header(record.headers(), "ce_type");
    Matcher id = ID.matcher(header(record.headers(), "ce_id").orElse(""));
    return record.key() == null || record.value() == null || !source.matches() || type.isEmpty() || !id.matches()
        ? Optional.empty()
        : Optional.of(new PublicEvent(record.partition(), Long.parseLong(id.group(SEQ_GROUP)), record.offset(),
            new String(record.key(), US_ASCII), Long.parseLong(source.group(1)), type.get(),
            new String(record.value(), UTF_8)));
  }

  /** When it was recorded, by the clock of who did; empty where its content does not say so. */
  public Optional<Instant> recordedAt() {
    try {
      return MAPPER.readTree(value).path("recorded_at").asStringOpt().map(Instant::parse);
    } catch (JacksonException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? Optional.empty()
        : Optional.of(new String(header.value(), US_ASCII));
  }
}
