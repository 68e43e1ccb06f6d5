package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/** What one place on the chain says. */
public sealed interface Reading {
  ChainPosition position();

  Evidence evidence();

  /** It says this. */
  record Fact(ChainPosition position, Evidence evidence, ChainEvent event) implements Reading {}

  /**
   * It says something about this owner that cannot be understood. It travels in the owner's partition, so that only
   * this owner's answers wait for a person: a wallet can bring such a log about by itself (a service name with a NUL
   * character), and must not be able to stop everybody.
   *
   * @param reason for people
   */
  record Undecodable(ChainPosition position, Evidence evidence, WalletAddress owner, String reason, List<String> topics,
      String data) implements Reading {
    public Undecodable {
      topics = List.copyOf(topics);
    }
  }
}
