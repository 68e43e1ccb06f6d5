package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.Rejection;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A short notation for a history of the contracts and the events published for it. */
abstract class DecodeScene {
  /** What every simulated call signs. */
  private static final Optional<Evidence.SettlementSignature> SIGNED = Optional.of(
      new Evidence.SettlementSignature(new Hash("0x" + "0".repeat(63) + "7"),
          "0x" + "00".repeat(Evidence.SettlementSignature.BYTES)));
  static final WalletAddress ALICE = Simulation.wallet(1);
  static final WalletAddress BOB = Simulation.wallet(2);
  /** A contract. */
  static final WalletAddress SAFE = Simulation.wallet(3);
  static final WalletAddress PROVIDER = Simulation.wallet(0x51);
  static final WalletAddress OTHER_PROVIDER = Simulation.wallet(0x52);

  final Simulation simulation = new Simulation(100).knowing(ALICE, BOB, SAFE);

  static BigInteger og(long amount) {
    return ONE.multiply(BigInteger.valueOf(amount));
  }

  static Neuron neuron(long zeroG) {
    return new Neuron(og(zeroG));
  }

  void deposits(WalletAddress wallet, long amount) {
    assertThat(simulation.nextBlock().direct(wallet, new Operation.Deposit(og(amount)))).isTrue();
  }

  void transfers(WalletAddress wallet, WalletAddress service, long amount) {
    assertThat(simulation.nextBlock().direct(wallet, new Operation.Transfer(service, PROVIDER, og(amount)))).isTrue();
  }

  void settles(WalletAddress caller, Operation.Item... items) {
    assertThat(simulation.nextBlock().direct(caller, new Operation.Settle(List.of(items)))).isTrue();
  }

  static Operation.Item item(WalletAddress user, WalletAddress provider, long fee, long nonce, int refusal) {
    return new Operation.Item(user, provider, og(fee), BigInteger.valueOf(nonce), refusal);
  }

  List<PublishedFact> published(TraceSwitches switches) {
    return TraceChecks.check(simulation.trace(), switches, 50);
  }

  List<PublishedFact> published() {
    return published(TraceSwitches.ALL);
  }

  static List<ChainEvent> lastOf(List<PublishedFact> facts) {
    long block = facts.getLast().position().block();
    return facts.stream().filter(fact -> fact.position().block() == block).map(PublishedFact::event)
        .filter(event -> !(event instanceof ChainEvent.ServiceRegistered)).toList();
  }

  List<ChainEvent> last() {
    return lastOf(published());
  }

  static ChainEvent settled(WalletAddress user, long asked, long amount, long nonce) {
    return new ChainEvent.Settled(user, PROVIDER, Trace.INFERENCE, neuron(asked), neuron(amount), nonce(nonce),
        SIGNED);
  }

  static ChainEvent rejected(WalletAddress user, WalletAddress provider, long asked, RejectionReason reason,
      long nonce) {
    return new ChainEvent.SettlementRejected(user, provider, Trace.INFERENCE, neuron(asked), Rejection.of(reason),
        nonce(nonce), SIGNED);
  }

  static Optional<SettlementNonce> nonce(long value) {
    return Optional.of(new SettlementNonce(BigInteger.valueOf(value)));
  }
}
