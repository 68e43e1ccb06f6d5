package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.value.ServiceName;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The refund requests of all partitions, of each service in order of time. Not thread-safe. */
final class RefundRequests {
  private final Map<ServiceName, NavigableMap<Long, BitSet>> partitions = new HashMap<>();

  /**
   * One or more requests.
   *
   * @param requestedAt block time, seconds since 1970
   */
  record Request(int partition, long requestedAt, ServiceName service) {
    private static final String PREFIX = "seal/refund/";

    String key() {
      return PREFIX + partition + "/" + requestedAt + "/" + service;
    }

    /** The request with this key; empty for a key of anything else. */
    static Optional<Request> of(String key) {
      if (!key.startsWith(PREFIX)) {
        return Optional.empty();
      }
      String[] parts = key.substring(PREFIX.length()).split("/", 3);
      return Optional.of(new Request(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), ServiceName.of(parts[2])));
    }
  }

  void add(Request request) {
    partitions.computeIfAbsent(request.service(), _ -> new TreeMap<>())
        .computeIfAbsent(request.requestedAt(), _ -> new BitSet()).set(request.partition());
  }

  void remove(Request request) {
    NavigableMap<Long, BitSet> times = partitions.getOrDefault(request.service(), new TreeMap<>());
    BitSet at = times.getOrDefault(request.requestedAt(), new BitSet());
    at.clear(request.partition());
    if (at.isEmpty()) {
      times.remove(request.requestedAt());
    }
    if (times.isEmpty()) {
      partitions.remove(request.service());
    }
  }

  Set<ServiceName> services() {
    return Collections.unmodifiableSet(partitions.keySet());
  }

  Set<Request> all() {
    Set<Request> all = new HashSet<>();
    services().forEach(service -> forEach(service, Long.MIN_VALUE, Long.MAX_VALUE, all::add));
    return all;
  }

  /**
   * The service's requests between two times.
   *
   * @param after seconds since 1970, exclusive
   * @param upTo seconds since 1970, inclusive
   */
  void forEach(ServiceName service, long after, long upTo, Consumer<Request> consumer) {
    partitions.getOrDefault(service, Collections.emptyNavigableMap()).subMap(after, false, upTo, true)
        .forEach((time, at) -> at.stream()
            .forEach(partition -> consumer.accept(new Request(partition, time, service))));
  }
}
