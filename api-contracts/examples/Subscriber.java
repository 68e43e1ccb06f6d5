import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.client.event.PublicEventConsumer;
import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import java.io.FileReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Prints each event of an owner, in order. Arguments: client.properties, the owner, the consumer group. */
class Subscriber {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    try (FileReader file = new FileReader(args[0])) {
      settings.load(file);
    }
    Map<String, Object> client = new HashMap<>();
    settings.forEach((name, value) -> client.put((String) name, value));
    String owner = args[1].toLowerCase();
    // With next() it would go on where what was made of the events was stored, also where the group is beyond that.
    PublicEventConsumer.Subscriber printer = new PublicEventConsumer.Subscriber() {
      @Override
      public void happened(PublicEvent event) {
        if (event.owner().toString().equals(owner)) {
          System.out.println(event.json());
        }
      }

      @Override
      public void retracted(PublicEvent event, LedgerRewound rewound) {
        happened(event);
      }
    };
    PublicEventConsumer consumer = new PublicEventConsumer(client, args[2], printer);
    // Stopped by a signal, it leaves the group: the next start need not wait until Kafka misses it.
    Thread reading = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      consumer.close();
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }));
    consumer.run();
  }
}
