package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbiWriterTest {
  private static final WalletAddress WALLET = WalletAddress.parse("0x" + "ab".repeat(20));

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  /** The last two examples of Solidity's ABI specification. */
  @Test
  void writes_what_the_specification_says() {
    assertThat(new AbiWriter().bytes("dave".getBytes(StandardCharsets.US_ASCII)).bool(true)
        .list(List.of(new AbiWriter().uint(1), new AbiWriter().uint(2), new AbiWriter().uint(3)))
        .call("sam(bytes,bool,uint256[])")).isEqualTo("0xa5643bf2" + word(0x60) + word(1) + word(0xa0) + word(4)
            + "64617665" + "0".repeat(56) + word(3) + word(1) + word(2) + word(3));
    assertThat(new AbiWriter()
        .list(List.of(new AbiWriter().list(List.of(new AbiWriter().uint(1), new AbiWriter().uint(2))),
            new AbiWriter().list(List.of(new AbiWriter().uint(3))))).data()).as("tuples of a list each")
        .isEqualTo("0x" + word(0x20) + word(2) + word(0x40) + word(0xc0) + word(0x20) + word(2) + word(1) + word(2)
            + word(0x20) + word(1) + word(3));
  }

  @Test
  void the_reader_reads_what_the_writer_writes() {
    AbiWriter refund = new AbiWriter().neuron(Neuron.MAX).uint(7);
    AbiWriter account = new AbiWriter().address(WALLET).string("").list(List.of(refund, refund)).bytes(new byte[32]);
    AbiReader page = AbiReader.ofData(new AbiWriter().list(List.of(account, account)).uint(2).tuple(account).data());
    assertThat(page.list(list -> read(list.tuple()))).hasSize(2);
    assertThat(page.integer()).isEqualTo(2);
    read(page.tuple());
  }

  @Test
  void a_hash_is_one_word_as_it_is() {
    Hash hash = Hash.keccak256("tranche");
    AbiWriter written = new AbiWriter().hash(hash).uint(7);
    assertThat(written.data()).isEqualTo(hash + word(7));
    AbiReader reader = AbiReader.ofData(written.data());
    assertThat(reader.hash()).isEqualTo(hash);
    assertThat(reader.integer()).isEqualTo(7);
  }

  private static AbiReader read(AbiReader account) {
    assertThat(account.address()).isEqualTo(WALLET);
    assertThat(account.string()).isEmpty();
    assertThat(account.list(refund -> List.of(refund.neuron(), refund.seconds()))).hasSize(2)
        .containsOnly(List.of(Neuron.MAX, 7L));
    assertThat(account.bytes()).hasSize(32);
    return account;
  }

  @Test
  void an_empty_tuple_is_a_selector_alone() {
    assertThat(new AbiWriter().call("deposit()")).isEqualTo("0xd0e30db0");
    assertThat(new AbiWriter().data()).isEqualTo("0x");
  }
}
