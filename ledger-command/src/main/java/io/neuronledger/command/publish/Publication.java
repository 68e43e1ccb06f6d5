package io.neuronledger.command.publish;

import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.deployment.DeploymentTable;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The dependencies of publishing.
 *
 * @param jdbc the event store's database
 * @param producers creates a transactional producer with that transactional id
 * @param consumers creates a consumer of committed records without a group
 */
public record Publication(PublishSettings settings, JdbcClient jdbc, CommittedEvents committed,
    PublishProgress progress, Function<String, Producer<byte[], byte[]>> producers,
    Supplier<Consumer<byte[], byte[]>> consumers, Clock clock) {

  public AccountEventPublisher publisher() {
    return new AccountEventPublisher(new PublisherLeases(jdbc, settings.instance(), settings.leaseTime()), settings,
        group -> new GroupThread(group, () -> publisherOf(group), committed, progress, settings), clock);
  }

  PartitionGroupPublisher publisherOf(PartitionGroup group) {
    Producer<byte[], byte[]> producer = producers.apply(group.transactionalId());
    try {
      return new PartitionGroupPublisher(group, producer, new PublishedPositions(consumers), new EventTable(jdbc),
          committed, progress, this::chainId, settings.batchMax());
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  private long chainId() {
    return new DeploymentTable(jdbc).read()
        .orElseThrow(() -> new IllegalStateException("the store has events but no deployment")).chainId();
  }
}
