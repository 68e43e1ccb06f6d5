package io.neuronledger.indexer.decode;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/** The content of one position on the chain. */
public sealed interface Reading {
  ChainPosition position();

  Evidence evidence();

  /** A decoded event. */
  record Fact(ChainPosition position, Evidence evidence, ChainEvent event) implements Reading {}

  /**
   * An undecodable log of one owner. It is published in the owner's partition, so that only this owner's answers wait
   * for an operator: a wallet can cause such a log by itself (a service name with a NUL character), and must not be
   * able to stop all others.
   *
   * @param reason for the operator
   */
  record Undecodable(ChainPosition position, Evidence evidence, WalletAddress owner, String reason, List<String> topics,
      String data) implements Reading {
    public Undecodable {
      topics = List.copyOf(topics);
    }
  }
}
