package io.neuronledger.testkit.servers.issuer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The access log of one service, read by somebody who knows only the description of the topic. */
public final class AccessRecords implements AutoCloseable {
  private static final Pattern ASKED =
      Pattern.compile("\"type\":\"asked\",\"request\":\"([^\"]+)\".*\"operation\":\"([^\"]+)\"");
  private static final Pattern ANSWERED =
      Pattern.compile("\"type\":\"answered\",\"request\":\"([^\"]+)\".*\"status\":(\\d+)");
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final List<String> published = new ArrayList<>();

  /** Reads what is recorded from now on. */
  public AccessRecords(String bootstrapServers, int partition) {
    this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers),
        new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicPartition read = new TopicPartition("ledger.access-log.v1", partition);
    consumer.assign(List.of(read));
    consumer.seekToEnd(List.of(read));
    consumer.position(read);
  }

  /** What is recorded so far, as it was published. */
  public List<String> published() {
    consumer.poll(POLL).forEach(record -> published.add(new String(record.value(), StandardCharsets.UTF_8)));
    return List.copyOf(published);
  }

  /** The answered requests so far, each as its operation and its status, in the order of the answers. */
  public List<String> answers() {
    Map<String, String> asked = new HashMap<>();
    List<String> answers = new ArrayList<>();
    for (String record : published()) {
      Matcher question = ASKED.matcher(record);
      if (question.find()) {
        asked.put(question.group(1), question.group(2));
      }
      ANSWERED.matcher(record).results().map((MatchResult answer) ->
          asked.remove(answer.group(1)) + " " + answer.group(2)).forEach(answers::add);
    }
    return answers;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
