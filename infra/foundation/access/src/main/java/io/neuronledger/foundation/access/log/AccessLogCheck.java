package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessLogPage;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;

/**
 * Verifies one partition of the access log, record by record: that none is missing, changed, moved or added, as far as
 * the chains show it. Whoever may write the log can add a whole chain, and make the log anew: for that the position and
 * hash of the newest record have to be kept elsewhere.
 */
public final class AccessLogCheck {
  /** How many positions a chain may begin after the record that it found: instances write at the same time. */
  static final int FOUND_BEFORE_MAX = 10_000;
  private static final Hash NONE = Hash.of(RecordHash.none());

  private final AccessLogPartition partition;
  private final long from;
  private final Map<UUID, AccessLogPage.Chain> chains = new LinkedHashMap<>();
  private final List<AccessLogPage.Fault> faults = new ArrayList<>();
  private final Map<Long, Hash> recent = new LinkedHashMap<>();
  private long next;

  /** @param from the position of the first record that will be added; what was before it is not judged */
  public AccessLogCheck(AccessLogPartition partition, long from) {
    this.partition = partition;
    this.from = from;
    this.next = from;
  }

  /** The hash in a record's header; empty if it has none of that length. */
  public static Optional<byte[]> hash(ConsumerRecord<byte[], byte[]> record) {
    return Optional.ofNullable(record.headers().lastHeader(AccessRecord.HASH)).map(Header::value)
        .filter(hash -> hash.length == RecordHash.BYTES);
  }

  /**
   * Adds the next record.
   *
   * @param hash of its header
   * @param value as published
   * @return the record; empty if it is none
   */
  public Optional<AccessRecord> add(long position, Optional<Hash> hash, byte[] value) {
    if (position != next) {
      faults.add(new AccessLogPage.Fault(position, "the records from position " + next + " to here are missing"));
    }
    next = position + 1;
    Optional<AccessRecord> read = read(value);
    if (read.isEmpty()) {
      faults.add(new AccessLogPage.Fault(position, "the record cannot be read"));
    }
    read.ifPresent(record -> {
      Optional<String> fault = fault(position, record, hash, value);
      fault.ifPresent(what -> faults.add(new AccessLogPage.Fault(position, what)));
      AccessLogPage.Chain known = chains.get(record.chain());
      long first = known == null ? record.seq() : known.firstSeq();
      chains.put(record.chain(), new AccessLogPage.Chain(record.chain(), first, record.seq(), hash.orElse(NONE),
          fault.isEmpty() && (known == null || known.holds())));
    });
    recent.put(position, hash.orElse(NONE));
    recent.remove(position - FOUND_BEFORE_MAX);
    return read;
  }

  private static Optional<AccessRecord> read(byte[] value) {
    try {
      return Optional.ofNullable(TopicJson.MAPPER.readValue(value, AccessRecord.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private Optional<String> fault(long position, AccessRecord record, Optional<Hash> hash, byte[] value) {
    byte[] previous = HexFormat.of().parseHex(record.previous().value().substring(2));
    if (!hash.equals(Optional.of(Hash.of(RecordHash.of(previous, value))))) {
      return Optional.of("the record is not the one of its hash");
    }
    AccessLogPage.Chain known = chains.get(record.chain());
    if (known != null) {
      if (record.seq() != known.lastSeq() + 1) {
        return Optional.of("seq " + record.seq() + " comes after seq " + known.lastSeq());
      }
      return record.previous().equals(known.last())
          ? Optional.empty() : Optional.of("the record before it in its chain is another one");
    }
    if (record.seq() == 1) {
      return record.entry() instanceof AccessEntry.Started started
          ? beginning(position, started, record.previous())
          : Optional.of("a chain begins without naming its service");
    }
    return from == 0 ? Optional.of("a chain begins with seq " + record.seq()) : Optional.empty();
  }

  private Optional<String> beginning(long position, AccessEntry.Started started, Hash previous) {
    if (!started.service().equals(partition.service())) {
      return Optional.of("a chain of " + started.service() + " is among those of " + partition.service());
    }
    long after = started.after().orElse(-1L);
    if (after >= position) {
      return Optional.of("the log had a record at position " + after + " when this chain began: its end is missing");
    }
    if (position - after > FOUND_BEFORE_MAX) {
      return Optional.of("the chain says that it began after position " + after);
    }
    if (after == -1L) {
      return previous.equals(NONE) ? Optional.empty() : Optional.of("the chain says that it began in an empty log");
    }
    return after < from || previous.equals(recent.get(after))
        ? Optional.empty()
        : Optional.of("the record at position " + after + " was another one when this chain began");
  }

  /** In the order of their first records. */
  public List<AccessLogPage.Chain> chains() {
    return List.copyOf(chains.values());
  }

  /** In the order of the log; none if everything holds. */
  public List<AccessLogPage.Fault> faults() {
    return List.copyOf(faults);
  }
}
