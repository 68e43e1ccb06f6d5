import java.io.FileReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints each event of an owner, in order. Arguments: client.properties, the owner, the consumer group. */
class Subscriber {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (FileReader file = new FileReader(args[0])) {
      settings.load(file);
    }
    settings.put("group.id", args[2]);
    settings.put("auto.offset.reset", "earliest"); // a new group begins with the first event
    settings.put("enable.auto.commit", "false");
    String owner = args[1].toLowerCase();
    Map<Integer, Long> next = new HashMap<>(); // by partition; store it together with what you make of the events
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("ledger.public-events.v1"));
      while (true) {
        for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofSeconds(1))) {
          String id = new String(event.headers().lastHeader("ce_id").value()); // partition and number
          long seq = Long.parseLong(id.substring(id.indexOf('-') + 1));
          long expected = next.getOrDefault(event.partition(), seq);
          if (seq > expected) {
            throw new IllegalStateException("events are missing before " + id);
          }
          if (seq == expected && event.key().equals(owner)) { // below: read before
            System.out.println(event.value());
          }
          next.put(event.partition(), Math.max(expected, seq + 1));
        }
        consumer.commitSync(); // a new start of the group goes on here
      }
    }
  }
}
