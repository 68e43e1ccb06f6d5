package io.neuronledger.indexer.chain;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which logs are of interest: those of these emitters whose first topic is one of these, in one ordered stream over all
 * of them.
 */
public record LogFilter(Set<WalletAddress> emitters, Set<String> topics) {
  public LogFilter {
    if (emitters.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("nothing to follow: an empty filter would mean every log of the chain");
    }
    emitters = Set.copyOf(emitters);
    topics = Set.copyOf(topics);
  }

  /** Whether everything that {@code other} lets through passes here too. */
  public boolean covers(LogFilter other) {
    return emitters.containsAll(other.emitters) && topics.containsAll(other.topics);
  }

  boolean passes(LogEntry log) {
    return emitters.contains(log.emitter()) && !log.topics().isEmpty() && topics.contains(log.topics().getFirst());
  }

  /** The two members of {@code eth_getLogs}' parameter that say what to look for. */
  String json() {
    return "\"address\":[" + quoted(emitters) + "],\"topics\":[[" + quoted(topics) + "]]";
  }

  private static String quoted(Set<?> values) {
    return values.stream().map(value -> "\"" + value + "\"").sorted().collect(Collectors.joining(","));
  }
}
