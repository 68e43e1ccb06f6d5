package io.neuronledger.indexer.publish;

/**
 * Another instance writes in this one's place, or Kafka gave this one up. Nothing of the transaction became visible.
 * The instance must not write again before the group has assigned it the lead anew.
 */
public final class PublisherFenced extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PublisherFenced(Throwable cause) {
    super("another instance has taken over: " + cause.getMessage(), cause);
  }
}
