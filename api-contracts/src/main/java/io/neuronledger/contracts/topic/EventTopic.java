package io.neuronledger.contracts.topic;

/**
 * A topic for subscribers: CloudEvents in binary mode, numbered in each partition from 0 and without gaps. The id of an
 * event is partition and number, {@code 3-1041}; with its source it is unique for ever.
 */
public enum EventTopic {
  /** {@link Topics#PUBLIC_EVENTS}. */
  PUBLIC_EVENTS(Topics.PUBLIC_EVENTS, "", 1);

  private static final String SOURCE = "/neuron-ledger/";

  private final String topic;
  private final String below;
  private final int number;

  EventTopic(String topic, String below, int number) {
    this.topic = topic;
    this.below = below;
    this.number = number;
  }

  /** Its name. */
  public String topic() {
    return topic;
  }

  /** Names it within the ids of positions in all partitions, so that those of another topic are refused; 1 to 127. */
  public int number() {
    return number;
  }

  /** The {@code ce_source} of its records. */
  public String source(long chainId) {
    return SOURCE + chainId + below;
  }

  /** The same as a regular expression, whose group 1 is the EIP-155 id of the chain. */
  public String sourcePattern() {
    return SOURCE + "([1-9]\\d{0,17})" + below;
  }
}
