package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;

/** Something that has happened to an owner's money, as far as a simulation plays it again. Amounts in neuron. */
public sealed interface AccountMove {
  Instant time();

  /** Coins came into the ledger. */
  record Deposited(Instant time, Neuron amount) implements AccountMove {}

  /** Coins left the ledger. */
  record Withdrawn(Instant time, Neuron amount) implements AccountMove {}

  /** With a sub-account. */
  sealed interface OfAccount extends AccountMove {
    WalletAddress provider();

    ServiceName service();
  }

  /** The owner set money aside; the amount has what went into cancelling refunds, too. */
  record Transferred(Instant time, WalletAddress provider, ServiceName service, Neuron amount)
      implements OfAccount {}

  /** The owner asked for a refund. */
  record AskedBack(Instant time, WalletAddress provider, ServiceName service, Neuron amount) implements OfAccount {}

  /** Refunds came back into the ledger. */
  record Returned(Instant time, WalletAddress provider, ServiceName service, Neuron amount) implements OfAccount {}

  /** The provider asked for fees. */
  record Settled(Instant time, WalletAddress provider, ServiceName service, Neuron asked) implements OfAccount {}

  /** A request was served. */
  record Used(Instant time, WalletAddress provider, ServiceName service, Neuron fee) implements OfAccount {}

  /** Its report was reversed. */
  record Reversed(Instant time, WalletAddress provider, ServiceName service, Neuron fee) implements OfAccount {}
}
