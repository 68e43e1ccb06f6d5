package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One record of a partition, before it is JSON. */
public sealed interface PartitionRecord {
  int partition();

  /** The Kafka key: absent on broadcasts. */
  Optional<WalletAddress> owner();

  /** The stored name, for the header. */
  String type();

  /** What Jackson writes as the record's value. */
  Object value();

  /** What everybody understands. */
  record Understood(ChainRecord value) implements PartitionRecord {
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
      return StoredNames.of(value.event());
    }
  }

  /**
   * What the indexer itself could not decode: the same envelope, but an event whose type no reader knows. Every reader
   * of the partition then does with its owner what it does with any record it cannot understand.
   */
  record Poisonous(Envelope value) implements PartitionRecord {
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

  /** {@link ChainRecord}, field by field, around raw material. */
  record Envelope(long chainId, int partition, long seq, int branch, ChainPosition position, Hash blockHash,
      Instant blockTime, Raw event, Optional<Evidence> evidence) {}

  /**
   * @param reason why it could not be decoded, for people
   * @param data cut where it is too long for a record: the evidence says where the rest is
   */
  record Raw(String type, WalletAddress owner, String reason, List<String> topics, String data) {
    /** No reader knows this type; that is its purpose. */
    public static final String TYPE = "chain.undecodable.v1";

    private static final int DATA_MAX = 100_000;

    public Raw {
      topics = List.copyOf(topics);
      data = data.length() <= DATA_MAX ? data : data.substring(0, DATA_MAX) + "…";
    }
  }
}
