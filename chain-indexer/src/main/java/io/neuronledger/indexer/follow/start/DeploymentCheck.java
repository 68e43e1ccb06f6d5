package io.neuronledger.indexer.follow.start;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.publish.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Refuses data of another deployment: one stack follows one deployment from its first record on. */
public final class DeploymentCheck {
  private DeploymentCheck() {}

  /**
   * Checks the stored state without fencing the current writer.
   *
   * @throws FollowingHalted if it belongs to another deployment
   */
  public static void refuseAnother(KafkaClients kafka, Destination destination, Deployment configured) {
    refuseAnother(IndexerState.of(StateStore.load(kafka, destination)), configured);
  }

  /** @throws FollowingHalted if the state belongs to another deployment */
  public static void refuseAnother(IndexerState indexerState, Deployment configured) {
    indexerState.cursor().map(Cursor::deployment).filter(stored -> !stored.equals(configured)).ifPresent(stored -> {
      throw new FollowingHalted("The data in Kafka belongs to another deployment than the configuration: "
          + String.join("; ", differences(stored, configured))
          + ". Start with the configuration that created it, or with an empty Kafka.");
    });
  }

  private static List<String> differences(Deployment stored, Deployment configured) {
    List<String> found = new ArrayList<>();
    compare(found, "chain id (of the node at NEURON_LEDGER_RPC_URLS)", stored.chainId(), configured.chainId());
    compare(found, "family (NEURON_LEDGER_FAMILY)", stored.family(), configured.family());
    compare(found, "contracts (NEURON_LEDGER_CONTRACT)", stored.contracts(), configured.contracts());
    compare(found, "start block (NEURON_LEDGER_START_BLOCK)", stored.startBlock(), configured.startBlock());
    compare(found, "decoder version (of this program)", stored.decoderVersion(), configured.decoderVersion());
    compare(found, "partitions (NEURON_LEDGER_PARTITIONS)", stored.partitions(), configured.partitions());
    return found;
  }

  private static void compare(List<String> found, String what, Object stored, Object configured) {
    if (!Objects.equals(stored, configured)) {
      found.add(what + ": stored " + stored + ", configured " + configured);
    }
  }
}
