package io.neuronledger.command.partition;

import io.neuronledger.contracts.topic.ChainRecord;
import java.util.OptionalLong;

/** The result of reading a record: the chain record, or the reason why it is malformed. */
public sealed interface Reading {
  record Valid(ChainRecord chainRecord) implements Reading {}

  /**
   * @param reason for operators
   * @param seq if it could be read
   * @param block if it could be read
   */
  record Malformed(String reason, OptionalLong seq, OptionalLong block) implements Reading {}
}
