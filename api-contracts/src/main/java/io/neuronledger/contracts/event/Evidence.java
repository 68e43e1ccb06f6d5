package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.regex.Pattern;

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
   * @param logIndex its index in the block, as the node reports it
   */
  record Log(Hash transactionHash, int logIndex, WalletAddress emitter) implements Evidence {}

  /** A successful transaction that called the contract; its effect is decoded from its input and value. */
  record Transaction(Hash transactionHash) implements Evidence {}

  /** An inner call of a transaction, from the node's trace. */
  record Trace(Hash transactionHash) implements Evidence {}

  /** The difference of the states at {@code fromBlock} and {@code toBlock}; it occurred after the first. */
  record Snapshot(long fromBlock, long toBlock) implements Evidence {}

  /**
   * The difference of two states, as for {@link Snapshot}, although every call in between was traced: no log, call or
   * trace explains it. A discrepancy.
   */
  record Unexplained(long fromBlock, long toBlock) implements Evidence {}

  /**
   * Known in this way, but emitted by a contract with unknown code: its meaning is a guess.
   *
   * @param implementation the implementation at which the unknown code was first seen
   */
  record Unverified(Evidence evidence, WalletAddress implementation) implements Evidence {}

  /**
   * What a provider signed of a settlement, as its call shows it. Together with nonce, provider, owner and the asked
   * amount it proves that the signer of the provider's service asked for the fees; nothing here verifies it.
   *
   * @param requestsHash the provider's hash over the served requests
   * @param signature {@code 0x} and lower-case hex digits
   */
  record SettlementSignature(Hash requestsHash, String signature) {
    /** The length of every signature that the contract can accept. */
    public static final int BYTES = 65;

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{" + 2 * BYTES + "}");

    public SettlementSignature {
      if (!FORM.matcher(signature).matches()) {
        throw new IllegalArgumentException("not " + BYTES + " bytes in lower-case hex: " + Excerpt.of(signature));
      }
    }
  }
}
