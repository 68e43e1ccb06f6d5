package io.neuronledger.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.Partitions;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Every value round-trips through its text. */
class ValueProperties {
  private static final String UINT256_MAX =
      "115792089237316195423570985008687907853269984665640564039457584007913129639935";

  @Property
  void an_amount_round_trips(@ForAll @BigRange(min = "0", max = UINT256_MAX) BigInteger value) {
    Neuron amount = new Neuron(value);
    assertThat(Neuron.parse(amount.toString())).isEqualTo(amount);
    assertThat(Neuron.ofZeroG(amount.toZeroG())).isEqualTo(amount);
    assertThat(SignedNeuron.parse(SignedNeuron.minus(amount).toString()).negate())
        .isEqualTo(SignedNeuron.plus(amount));
  }

  @Property
  void addition_can_be_reversed(
      @ForAll @BigRange(min = "0", max = UINT256_MAX) BigInteger one,
      @ForAll @BigRange(min = "0", max = UINT256_MAX) BigInteger other) {
    Neuron less = new Neuron(one.min(other));
    Neuron more = new Neuron(one.max(other));
    assertThat(more.minus(less).plus(less)).isEqualTo(more);
    assertThat(SignedNeuron.difference(more, less).negate()).isEqualTo(SignedNeuron.plus(more.minus(less)));
  }

  @Property
  void a_sub_account_round_trips(@ForAll("addresses") WalletAddress owner, @ForAll("addresses") WalletAddress provider,
      @ForAll("services") ServiceName service) {
    SubAccountId id = new SubAccountId(owner, provider, service);
    assertThat(SubAccountId.parse(id.toString())).isEqualTo(id);
  }

  @Property
  void a_refund_round_trips(@ForAll @LongRange(min = 0) long block, @ForAll @IntRange(min = 0) int transaction,
      @ForAll @IntRange(min = 0) int step, @ForAll @IntRange(min = 0) int branch) {
    RefundId id = new RefundId(new ChainPosition(block, transaction, step), branch, 0);
    assertThat(RefundId.parse(id.toString())).isEqualTo(id);
  }

  @Property
  void every_owner_has_one_partition(@ForAll("addresses") WalletAddress owner,
      @ForAll @IntRange(min = 1, max = 1024) int count) {
    Partitions partitions = new Partitions(count);
    assertThat(partitions.of(owner)).isBetween(0, count - 1)
        .isEqualTo(partitions.of(WalletAddress.parse(owner.value())));
  }

  @Provide
  Arbitrary<WalletAddress> addresses() {
    return Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofLength(40)
        .map(hex -> WalletAddress.parse("0x" + hex));
  }

  @Provide
  Arbitrary<ServiceName> services() {
    return Arbitraries.strings().ofMaxLength(40).excludeChars('\0').map(ServiceName::of);
  }
}
