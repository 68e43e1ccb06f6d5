package io.neuronledger.contracts.event;

import java.util.Optional;

/**
 * Why the contract rejected a settlement.
 *
 * @param reason what the contract's status says: a combined reason where several share the status
 * @param cause the exact one of them; absent where it is unknown, or the status has only one
 */
public record Rejection(RejectionReason reason, Optional<RejectionReason> cause) {
  public Rejection {
    RejectionReason ofStatus = reason.ofStatus();
    if (reason != ofStatus || cause.filter(exact -> exact == ofStatus || exact.ofStatus() != ofStatus).isPresent()) {
      throw new IllegalArgumentException(reason + " is not the reason of a status, or " + cause + " not its cause");
    }
  }

  /** @param known the reason, as exact as it is known */
  public static Rejection of(RejectionReason known) {
    RejectionReason reason = known.ofStatus();
    return new Rejection(reason, known == reason ? Optional.empty() : Optional.of(known));
  }

  /** The cause, or the reason where the cause is unknown. */
  public RejectionReason known() {
    return cause.orElse(reason);
  }
}
