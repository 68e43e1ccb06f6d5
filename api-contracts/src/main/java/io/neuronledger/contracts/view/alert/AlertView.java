package io.neuronledger.contracts.view.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An alert: the passage of a rule's condition, its recovery, or the withdrawal of one of the two.
 *
 * @param id the same in every answer and in every delivery, for ever
 * @param rule the rule's id, also after the rule was deleted
 * @param owner whom it is about; absent where it is about nobody's money
 * @param subject the refund, settlement, discrepancy or comparison that it is about, by its id; absent for other kinds
 * @param value what was found: an amount in neuron, a number of seconds or blocks, a count, or a state; absent where
 *     what it was about is no more
 * @param threshold what the rule compares the value with, in its unit; absent where the kind has none
 * @param by what it was judged by
 * @param block that it was judged at; absent for a test, and while no block is sealed
 * @param about the alert that it ends or withdraws; absent for one that is raised
 * @param test whether somebody has asked for it to try the way of the alerts; absent otherwise
 * @param active whether what was raised still holds; in answers about alerts that were raised
 * @param muted whether it was recorded and not sent; in answers, absent where it was sent
 */
public record AlertView(UUID id, AlertType type, UUID rule, AlertKind kind, Optional<WalletAddress> owner,
    Optional<WalletAddress> provider, Optional<ServiceName> service, Optional<String> subject, Optional<String> value,
    Optional<String> threshold, By by, Optional<Block> block, Instant recordedAt, Optional<UUID> about,
    Optional<Boolean> test, Optional<Boolean> active, Optional<Boolean> muted) {
  /** What an alert was judged by. */
  public enum By {
    /** The state at the block, at its time. */
    @JsonProperty("block") BLOCK,
    /** The clock of ledger-query, because no newer block has said so. */
    @JsonProperty("clock") CLOCK,
    /** A change of the rule, by which what it had raised is over; or a test. */
    @JsonProperty("rule") RULE
  }

  /** A sealed block. */
  public record Block(long number, Hash hash, Instant time) {}

  /** The same as an answer shows it. */
  public AlertView shown(boolean isActive, boolean isMuted) {
    return new AlertView(id, type, rule, kind, owner, provider, service, subject, value, threshold, by, block,
        recordedAt, about, test, type == AlertType.RAISED ? Optional.of(isActive) : Optional.empty(),
        isMuted ? Optional.of(true) : Optional.empty());
  }
}
