package io.neuronledger.command.publish;

import io.neuronledger.command.store.DeploymentTable;
import io.neuronledger.command.store.EventTable;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import tools.jackson.databind.ObjectMapper;

/**
 * All that publishing needs from outside.
 *
 * @param producers makes a transactional producer with that transactional id
 * @param consumers makes a reader of committed records that belongs to no group
 */
public record Publication(PublishSettings settings, EventTable events, DeploymentTable deployment,
    PublisherLeases leases, AppendSignal signal, PublishProgress progress,
    Function<String, Producer<byte[], byte[]>> producers, Supplier<Consumer<byte[], byte[]>> consumers,
    ObjectMapper json, Clock clock) {

  public AccountEventPublisher publisher() {
    return new AccountEventPublisher(leases, settings,
        group -> new GroupThread(group, () -> publisherOf(group), signal, progress, settings), clock);
  }

  PartitionGroupPublisher publisherOf(PartitionGroup group) {
    Producer<byte[], byte[]> producer = producers.apply(group.transactionalId());
    try {
      return new PartitionGroupPublisher(group, producer, new PublishedPositions(consumers, json), events, progress,
          this::chainId, settings.batchMax());
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  private long chainId() {
    return deployment.read().orElseThrow(() -> new IllegalStateException("events before a deployment")).chainId();
  }
}
