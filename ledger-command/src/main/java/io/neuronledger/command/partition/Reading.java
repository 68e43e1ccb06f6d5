package io.neuronledger.command.partition;

import io.neuronledger.contracts.event.ChainRecord;
import java.util.OptionalLong;

/** What a record's bytes say, or that they say nothing that we understand. */
public sealed interface Reading {
  record Understood(ChainRecord chainRecord) implements Reading {}

  /**
   * @param reason for people
   * @param seq as far as it could be read
   * @param block as far as it could be read
   */
  record NotUnderstood(String reason, OptionalLong seq, OptionalLong block) implements Reading {}
}
