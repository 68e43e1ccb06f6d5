package io.neuronledger.indexer.publish.form;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.StoredNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One record of a partition, before serialization. */
public sealed interface PartitionRecord {
  int partition();

  /** The Kafka key: absent on broadcasts. */
  Optional<WalletAddress> owner();

  /** The stored event name, for the header. */
  String type();

  /** The object that Jackson serializes as the record's value. */
  Object value();

  /** A decoded event. */
  record Decoded(ChainRecord value) implements PartitionRecord {
    private static final StoredNames NAMES = StoredNames.of(ChainEvent.class);

    @Override
    public int partition() {
      return value.partition();
    }

    @Override
    public Optional<WalletAddress> owner() {
      return value.event() instanceof ChainEvent.OwnerFact fact ? Optional.of(fact.owner()) : Optional.empty();
    }

    @Override
    public String type() {
      return NAMES.nameOf(value.event().getClass());
    }
  }

  /**
   * A log that the indexer could not decode: the same envelope, with an event type that no reader knows. Every reader
   * of the partition then treats its owner as for any unknown record.
   */
  record Undecodable(Envelope value) implements PartitionRecord {
    @Override
    public int partition() {
      return value.partition();
    }

    @Override
    public Optional<WalletAddress> owner() {
      return Optional.of(value.event().owner());
    }

    @Override
    public String type() {
      return value.event().type();
    }
  }

  /** {@link ChainRecord}, field by field, around a raw log. */
  record Envelope(long chainId, int partition, long seq, int branch, ChainPosition position,
      Hash blockHash, Instant blockTime, Raw event, Optional<Evidence> evidence) {}

  /**
   * @param reason why it could not be decoded, for the operator
   * @param data truncated if too long for a record: the evidence names the log that has the rest
   */
  record Raw(String type, WalletAddress owner, String reason, List<String> topics, String data) {
    /** A type that no reader knows, on purpose. */
    public static final String TYPE = "chain.undecodable.v1";

    private static final int DATA_MAX = 100_000;

    public Raw {
      topics = List.copyOf(topics);
      data = data.length() <= DATA_MAX ? data : data.substring(0, DATA_MAX) + "…";
    }
  }
}
