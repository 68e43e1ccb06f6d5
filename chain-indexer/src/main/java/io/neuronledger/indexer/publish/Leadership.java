package io.neuronledger.indexer.publish;

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
 * Who may write: the instance to which the consumer group has assigned the memory's only partition. The right may be
 * gone without notice, which is why the producer's fence stands behind it. Used by one thread, which must call
 * {@link #poll} at least every few minutes.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> member;
  private final List<String> topics;
  private final Assignment assignment = new Assignment();

  public Leadership(KafkaAccess kafka, Destination destination) {
    this.member = kafka.member(destination.identity());
    this.topics = List.of(destination.state());
    member.subscribe(topics, assignment);
  }

  /**
   * Tells the group that this instance lives, and hears whether it leads.
   *
   * @param wait how long to wait for news
   */
  public boolean poll(Duration wait) {
    member.poll(wait);
    return assignment.leads;
  }

  /** Gives the lead up after another instance has taken the pen: the group decides anew. */
  public void resign() {
    assignment.leads = false;
    member.unsubscribe();
    member.subscribe(topics, assignment);
  }

  @Override
  public void close() {
    member.close(CloseOptions.timeout(LEAVES_WITHIN));
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
