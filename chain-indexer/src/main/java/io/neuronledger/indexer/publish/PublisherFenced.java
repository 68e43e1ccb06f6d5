package io.neuronledger.indexer.publish;

/**
 * Another instance has taken over writing, or Kafka has fenced this one. Nothing of the transaction became visible. The
 * instance must not write again before the group assigns it leadership again.
 */
public final class PublisherFenced extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PublisherFenced(Throwable cause) {
    super("another instance has taken over: " + cause.getMessage(), cause);
  }
}
