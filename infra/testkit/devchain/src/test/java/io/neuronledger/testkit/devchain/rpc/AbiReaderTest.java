package io.neuronledger.testkit.devchain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbiReaderTest {
  @Test
  void values_come_in_order_and_lists_from_their_offsets() {
    AbiReader reader = words("1", "a0", "2", "0", "0", "3", "7", "8", "9");
    assertThat(reader.bool()).isTrue();
    List<BigInteger> list = reader.list(AbiReader::uint);
    assertThat(list).extracting(BigInteger::intValueExact).containsExactly(7, 8, 9);
    assertThat(reader.integer()).isEqualTo(2);
  }

  @Test
  void the_largest_amount_is_read_whole() {
    assertThat(words("f".repeat(64)).neuron()).isEqualTo(Neuron.MAX);
  }

  @Test
  void text_is_utf8() {
    AbiReader reader = AbiReader.of("0x" + "%064x".formatted(32) + "%064x".formatted(2) + "c3bc" + "0".repeat(60));
    assertThat(reader.string()).isEqualTo("ü");
  }

  @Test
  void data_that_ends_too_early_is_refused() {
    AbiReader empty = AbiReader.of("0x");
    assertThatIllegalArgumentException().isThrownBy(empty::uint);
    AbiReader offsetBeyond = words("400");
    assertThatIllegalArgumentException().isThrownBy(offsetBeyond::string);
    AbiReader lengthBeyond = words("20", "5", "1");
    assertThatIllegalArgumentException().isThrownBy(() -> lengthBeyond.list(AbiReader::uint));
  }

  @Test
  void a_length_above_any_array_is_refused() {
    AbiReader huge = words("20", "f".repeat(64));
    assertThatThrownBy(huge::bytes).isInstanceOf(ArithmeticException.class);
  }

  private static AbiReader words(String... hex) {
    StringBuilder data = new StringBuilder("0x");
    for (String word : hex) {
      data.append("0".repeat(64 - word.length())).append(word);
    }
    return AbiReader.of(data.toString());
  }
}
