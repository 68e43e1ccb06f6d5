package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * How a chain event is known. From the strongest to the weakest: a log, a decoded call, an inner call, a difference.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.Log.class, name = "log"),
    @JsonSubTypes.Type(value = Evidence.Transaction.class, name = "transaction"),
    @JsonSubTypes.Type(value = Evidence.Trace.class, name = "trace"),
    @JsonSubTypes.Type(value = Evidence.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Evidence.Unexplained.class, name = "unexplained"),
    @JsonSubTypes.Type(value = Evidence.Unverified.class, name = "unverified")})
public sealed interface Evidence {
  /**
   * A log of a followed contract.
   *
   * @param logIndex its index in the block, as nodes count
   */
  record Log(Hash transactionHash, int logIndex, WalletAddress emitter) implements Evidence {}

  /** A transaction that called the contract and succeeded; what it did is decoded from its input and value. */
  record Transaction(Hash transactionHash) implements Evidence {}

  /** A call inside a transaction, seen in the node's trace of it. */
  record Trace(Hash transactionHash) implements Evidence {}

  /** The difference of two states read at {@code fromBlock} and {@code toBlock}; it happened after the first. */
  record Snapshot(long fromBlock, long toBlock) implements Evidence {}

  /**
   * The difference of two states, as for {@link Snapshot}, although every call in between was looked into: neither a
   * log nor a call nor a trace explains it. A discrepancy.
   */
  record Unexplained(long fromBlock, long toBlock) implements Evidence {}

  /**
   * Known in this way, but said by a contract whose code nobody has described: what it means is a guess.
   *
   * @param implementation the code that it was first seen with
   */
  record Unverified(Evidence evidence, WalletAddress implementation) implements Evidence {}
}
