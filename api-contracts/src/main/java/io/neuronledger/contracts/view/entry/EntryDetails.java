package io.neuronledger.contracts.view.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of an account event beside its amount, postings and balances. Each kind of event has some of these.
 *
 * @param payer the depositor
 * @param cancelled the amount that a transfer took out of pending refunds
 * @param asked the amount that the provider asked for
 * @param writtenOff asked − amount
 * @param reason why a settlement was rejected
 * @param reduced the reduced refunds, each with the cause
 * @param run the reconciliation that restated the ledger
 * @param fromBlock the first retracted block
 */
public record EntryDetails(Optional<WalletAddress> payer, Optional<Boolean> opened, Optional<Boolean> closed,
    Optional<Neuron> cancelled, Optional<Neuron> asked, Optional<Neuron> writtenOff, Optional<SettlementNonce> nonce,
    Optional<RejectionReason> reason, Optional<Boolean> acknowledged, Optional<RefundId> refund,
    Optional<Instant> requestedAt, Optional<Duration> lockPeriod,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<List<RefundReduction>> reduced, Optional<String> run,
    OptionalLong fromBlock) {
  /** Of an entry that comes from off chain. */
  public static final EntryDetails NONE = new EntryDetails(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

  /** These details, and why a settlement was rejected. */
  public EntryDetails rejected(RejectionReason known) {
    return new EntryDetails(payer, opened, closed, cancelled, asked, writtenOff, nonce, Optional.of(known),
        acknowledged, refund, requestedAt, lockPeriod, reduced, run, fromBlock);
  }

  /** These details, and those that a settlement's event does not store. */
  public EntryDetails settled(Neuron allAsked, Neuron allWrittenOff) {
    return new EntryDetails(payer, opened, closed, cancelled, Optional.of(allAsked), Optional.of(allWrittenOff), nonce,
        reason, acknowledged, refund, requestedAt, lockPeriod, reduced, run, fromBlock);
  }
}
