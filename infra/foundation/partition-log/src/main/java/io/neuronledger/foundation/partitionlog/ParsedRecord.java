package io.neuronledger.foundation.partitionlog;

import java.util.OptionalLong;

/** The result of parsing a record's value: the record, or the reason why it is malformed. */
public sealed interface ParsedRecord<T> {
  record Valid<T>(T value) implements ParsedRecord<T> {}

  /**
   * @param reason for operators
   * @param seq if it could be read
   */
  record Malformed<T>(String reason, OptionalLong seq) implements ParsedRecord<T> {}
}
