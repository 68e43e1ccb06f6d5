package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The logs to follow: those of these emitters whose first topic is one of these, in one ordered stream over all
 * emitters.
 */
public record LogFilter(Set<WalletAddress> emitters, Set<String> topics) {
  public LogFilter {
    if (emitters.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("nothing to follow: an empty filter would mean every log of the chain");
    }
    emitters = Set.copyOf(emitters);
    topics = Set.copyOf(topics);
  }

  /** Whether every log that passes {@code other} passes this filter too. */
  public boolean covers(LogFilter other) {
    return emitters.containsAll(other.emitters) && topics.containsAll(other.topics);
  }

  public boolean passes(LogEntry log) {
    return emitters.contains(log.emitter()) && !log.topics().isEmpty() && topics.contains(log.topics().getFirst());
  }

  /** The {@code address} and {@code topics} members of the parameter of {@code eth_getLogs}. */
  public String json() {
    return "\"address\":[" + quoted(emitters) + "],\"topics\":[[" + quoted(topics) + "]]";
  }

  private static String quoted(Set<?> values) {
    return values.stream().map(value -> "\"" + value + "\"").sorted().collect(Collectors.joining(","));
  }
}
