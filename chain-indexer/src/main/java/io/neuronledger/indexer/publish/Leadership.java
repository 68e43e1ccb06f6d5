package io.neuronledger.indexer.publish;

import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which instance may write: the one to which the consumer group has assigned the state topic's only partition.
 * The assignment may be lost without notice; the producer's fencing covers that case. Used by one thread, which must
 * call {@link #poll} at least every few minutes.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> member;
  private final List<String> topics;
  private final Assignment assignment = new Assignment();

  public Leadership(KafkaClients kafka, Destination destination) {
    this.member = kafka.candidate(destination.identity());
    this.topics = List.of(destination.state());
    member.subscribe(topics, assignment);
  }

  /**
   * Polls the group, which keeps the membership alive, and returns whether this instance leads.
   *
   * @param wait how long to wait for an assignment
   */
  public boolean poll(Duration wait) {
    member.poll(wait);
    return assignment.leads;
  }

  /** Gives up leadership after another instance has fenced this one: the group assigns it anew. */
  public void resign() {
    assignment.leads = false;
    member.unsubscribe();
    member.subscribe(topics, assignment);
  }

  @Override
  public void close() {
    member.close(CloseOptions.timeout(LEAVE_TIMEOUT));
  }

  private final class Assignment implements ConsumerRebalanceListener {
    private boolean leads;

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        member.pause(partitions);
        leads = true;
        log.info("this instance leads");
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        leads = false;
        log.info("this instance no longer leads");
      }
    }
  }
}
