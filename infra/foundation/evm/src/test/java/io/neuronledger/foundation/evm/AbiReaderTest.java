package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both sides of what the ABI allows. */
class AbiReaderTest {
  private static final String ZERO = "0".repeat(64);
  private static final String MAX = "f".repeat(64);

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  @Test
  void numbers_reach_to_the_last_bit() {
    assertThat(AbiReader.ofData("0x" + MAX).neuron()).isEqualTo(Neuron.MAX);
    assertThat(AbiReader.ofData("0x" + word(Integer.MAX_VALUE)).integer()).isEqualTo(Integer.MAX_VALUE);
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + word(1L << 31)).integer());
    assertThat(AbiReader.ofData("0x" + word(253_402_300_799L)).seconds()).isEqualTo(253_402_300_799L);
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + word(253_402_300_800L)).seconds());
    assertThat(AbiReader.ofData("0x" + word(1)).bool()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + word(2)).bool());
  }

  @Test
  void an_address_has_nothing_in_front_of_it() {
    String address = "f".repeat(40);
    assertThat(AbiReader.addressOf("0x" + "0".repeat(24) + address)).isEqualTo(WalletAddress.parse("0x" + address));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AbiReader.addressOf("0x" + "0".repeat(23) + "1" + address));
  }

  @Test
  void data_ends_where_it_ends() {
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x").uint());
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + ZERO.substring(2)).uint());
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + ZERO).skip(2));
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData(ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + word(64)).tuple());
  }

  @Test
  void a_huge_list_is_refused_before_it_is_made() {
    assertThatIllegalArgumentException().isThrownBy(() ->
        AbiReader.ofData("0x" + word(32) + word(Integer.MAX_VALUE)).list(AbiReader::uint));
    assertThat(AbiReader.ofData("0x" + word(32) + word(2) + word(7) + word(8)).list(AbiReader::integer))
        .isEqualTo(List.of(7, 8));
  }

  /** A contract accepts overlapping offsets; a node could make a short answer endless with them. */
  @Test
  void reading_the_same_bytes_over_and_over_ends() {
    assertThat(overlapping(500).list(list -> list.list(AbiReader::integer))).hasSize(500);
    assertThatIllegalArgumentException().isThrownBy(() -> overlapping(3_000).list(list -> list.list(AbiReader::uint)))
        .withMessageContaining("too often");
  }

  /** So many times the same list of so many words. */
  private static AbiReader overlapping(int times) {
    return AbiReader.ofData("0x" + word(32) + word(times) + word(32L * times).repeat(times) + word(times)
        + word(7).repeat(times));
  }

  @Test
  void a_string_is_utf_8() {
    assertThat(AbiReader.ofData("0x" + word(32) + word(2) + "c3a9" + "0".repeat(60)).string()).isEqualTo("é");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AbiReader.ofData("0x" + word(32) + word(1) + "ff" + "0".repeat(62)).string());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AbiReader.ofData("0x" + word(32) + word(33) + "0".repeat(64)).string());
  }

  /** A contract's own offsets are whole words; a caller may choose any. */
  @Test
  void an_offset_inside_a_word_is_a_callers() {
    String text = word(33) + "00" + word(1) + "61" + "0".repeat(62);
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.ofData("0x" + text).string());
    assertThat(AbiReader.ofArguments("0x00000000" + text).string()).isEqualTo("a");
  }

  @Test
  void values_come_in_order_and_lists_from_their_offsets() {
    AbiReader reader = AbiReader.ofData("0x" + word(1) + word(96) + word(2) + word(2) + word(7) + word(8));
    assertThat(reader.bool()).isTrue();
    assertThat(reader.list(AbiReader::integer)).containsExactly(7, 8);
    assertThat(reader.integer()).isEqualTo(2);
  }
}
