package io.neuronledger.indexer.decode.accountledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Events encoded by web3j decode to the same values: every event, with any values. */
class AccountLedgerDecodingProperties {
  @Property
  void money_in_and_out(@ForAll("addresses") WalletAddress owner, @ForAll("addresses") WalletAddress payer,
      @ForAll("amounts") Neuron amount) {
    assertReads(LedgerLogs.deposit(owner, payer, amount), new ChainEvent.Deposit(owner, payer, amount));
    assertReads(LedgerLogs.withdraw(owner, amount), new ChainEvent.Withdraw(owner, amount));
    assertReads(LedgerLogs.ledgerClosed(owner), new ChainEvent.LedgerClosed(owner));
  }

  @Property
  void transfers(@ForAll("addresses") WalletAddress owner, @ForAll("addresses") WalletAddress provider,
      @ForAll("services") String service, @ForAll boolean toProvider, @ForAll("amounts") Neuron amount,
      @ForAll("amounts") Neuron cancelled) {
    assertReads(LedgerLogs.transfer(owner, provider, service, toProvider, amount, cancelled),
        new ChainEvent.Transfer(owner, provider, ServiceName.of(service), toProvider, amount, cancelled));
  }

  @Property
  void refunds_and_bookkeeping(@ForAll("addresses") WalletAddress owner, @ForAll("addresses") WalletAddress provider,
      @ForAll("services") String service, @ForAll("amounts") Neuron amount, @ForAll boolean yes,
      @ForAll @LongRange(min = 0) long time) {
    ServiceName name = ServiceName.of(service);
    assertReads(LedgerLogs.refundRequested(owner, provider, service, amount, time),
        new ChainEvent.RefundRequested(owner, provider, name, amount));
    assertReads(LedgerLogs.subAccountClosed(owner, provider, service),
        new ChainEvent.SubAccountClosed(owner, provider, name));
    assertReads(LedgerLogs.providerAcknowledged(owner, provider, service, yes),
        new ChainEvent.ProviderAcknowledged(owner, provider, name, yes));
  }

  @Property
  void settlements(@ForAll("addresses") WalletAddress owner, @ForAll("addresses") WalletAddress provider,
      @ForAll("services") String service, @ForAll("amounts") Neuron asked, @ForAll("amounts") Neuron amount,
      @ForAll("amounts") Neuron number) {
    ServiceName name = ServiceName.of(service);
    BigInteger nonce = number.value();
    Optional<SettlementNonce> expected = Optional.of(new SettlementNonce(nonce));
    for (int status : List.of(0, 1)) {
      assertReads(LedgerLogs.settled(owner, provider, service, asked, amount, status, nonce),
          new ChainEvent.Settled(owner, provider, name, asked, amount, expected));
    }
    Map.of(3, RejectionReason.OWNER_NOT_ACKNOWLEDGED, 4, RejectionReason.INVALID_NONCE,
        5, RejectionReason.UNKNOWN_SUB_ACCOUNT).forEach((status, reason) ->
        assertReads(LedgerLogs.settled(owner, provider, service, asked, Neuron.ZERO, status, nonce),
            new ChainEvent.SettlementRejected(owner, provider, name, asked, reason, expected)));
  }

  @Property
  void terms(@ForAll("services") String service, @ForAll @LongRange(min = 0) long seconds) {
    BigInteger period = BigInteger.valueOf(seconds);
    assertReads(LedgerLogs.lockPeriodSet(service, period),
        new ChainEvent.LockPeriodSet(ServiceName.of(service), Duration.ofSeconds(seconds)));
    assertReads(LedgerLogs.serviceRegistered(service, period),
        new ChainEvent.ServiceRegistered(ServiceName.of(service), Duration.ofSeconds(seconds)));
  }

  @Property
  void prices(@ForAll("addresses") WalletAddress provider, @ForAll("services") String service,
      @ForAll("services") String text, @ForAll("services") String info, @ForAll("amounts") Neuron input,
      @ForAll("amounts") Neuron output, @ForAll @LongRange(min = 0) long time) {
    ServicePrice price = new ServicePrice(text, info, Optional.of(service), input, Optional.of(output),
        Optional.of(text), Optional.of(info));
    assertReads(LedgerLogs.serviceUpdated(provider, service, price, time),
        new ChainEvent.PriceSet(provider, ServiceName.of(service), Optional.of(price)));
    assertReads(LedgerLogs.serviceRemoved(provider, service),
        new ChainEvent.PriceSet(provider, ServiceName.of(service), Optional.empty()));
  }

  private static void assertReads(Draft log, ChainEvent expected) {
    assertThat(Decoding.fact(log)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<WalletAddress> addresses() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(40).map(hex -> new WalletAddress("0x" + hex));
  }

  @Provide
  Arbitrary<Neuron> amounts() {
    return Arbitraries.bigIntegers().between(BigInteger.ZERO, Neuron.MAX.value()).map(Neuron::new);
  }

  /** Any UTF-8 text without NUL. */
  @Provide
  Arbitrary<String> services() {
    return Arbitraries.strings().all().ofMaxLength(200).filter(text -> text.indexOf('\0') < 0
        && text.codePoints().noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
  }
}
