package io.neuronledger.command.lane;

import io.neuronledger.command.store.Payload;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * The next record of a lane, checked as far as the lane is concerned: its seq is the one that was due.
 *
 * @param offset Kafka's
 * @param owner whom it concerns; absent on broadcasts
 */
public record LaneRecord(long seq, long offset, Optional<WalletAddress> owner, Payload value, Reading reading) {}
