package io.neuronledger.indexer.publish.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PartitionRecordTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final ChainPosition POSITION = new ChainPosition(7, 2, 1);
  private static final Hash BLOCK = Hash.parse("0x" + "aa".repeat(32));
  private static final Optional<Evidence> EVIDENCE = Optional.of(new Evidence.Snapshot(6, 7));

  @Test
  void the_record_of_an_undecodable_log_differs_from_any_other_by_its_event_alone() {
    ObjectNode decoded = json(new PartitionRecord.Decoded(new ChainRecord(16_661, 3, 5, 1, POSITION, BLOCK,
        Instant.EPOCH, new ChainEvent.LedgerClosed(OWNER), EVIDENCE)));
    PartitionRecord.Raw raw = new PartitionRecord.Raw(PartitionRecord.Raw.TYPE, OWNER, "because", List.of(), "0x");
    ObjectNode undecodable = json(new PartitionRecord.Undecodable(
        new PartitionRecord.Envelope(16_661, 3, 5, 1, POSITION, BLOCK, Instant.EPOCH, raw, EVIDENCE)));
    assertThat(undecodable.remove("event")).isNotEqualTo(decoded.remove("event"));
    assertThat(undecodable).isEqualTo(decoded);
  }

  private static ObjectNode json(PartitionRecord record) {
    return TopicJson.MAPPER.valueToTree(record.value());
  }
}
