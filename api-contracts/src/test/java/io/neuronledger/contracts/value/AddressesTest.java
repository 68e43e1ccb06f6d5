package io.neuronledger.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.Partitions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @Test
  void an_address_is_read_in_any_letter_case_and_held_in_lower_case() {
    assertThat(WalletAddress.parse("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"))
        .hasToString("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "15d34aaf54267db7d7c367839aaf71a00a2c6a65",
      "0x15d34aaf54267db7d7c367839aaf71a00a2c6a6", "0x15d34aaf54267db7d7c367839aaf71a00a2c6a655",
      "0X15d34aaf54267db7d7c367839aaf71a00a2c6a65", "0XABCDEF0000000000000000000000000000000001",
      "0xg5d34aaf54267db7d7c367839aaf71a00a2c6a65", " 0x15d34aaf54267db7d7c367839aaf71a00a2c6a65"})
  void anything_else_is_no_address(String text) {
    assertThatThrownBy(() -> WalletAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WalletAddress.typed(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_all_characters_the_lower_case_hex_digits_are_digits() {
    String digits = IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
        .filter(c -> isAddress("0x" + "0".repeat(39) + (char) c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    assertThat(digits).isEqualTo("0123456789abcdef");
  }

  private static boolean isAddress(String text) {
    try {
      return new WalletAddress(text).value().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The examples of EIP-55, and the forms without a checksum. */
  @ParameterizedTest
  @ValueSource(strings = {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
      "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
      "0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77"})
  void a_typed_address_carries_its_checksum_or_none(String address) {
    WalletAddress typed = WalletAddress.typed(address);
    assertThat(typed).isEqualTo(WalletAddress.parse(address));
    assertThat(typed.checksummed()).isEqualToIgnoringCase(address);
    assertThat(WalletAddress.typed(typed.checksummed())).isEqualTo(typed);
    assertThat(WalletAddress.typed("0x" + address.substring(2).toUpperCase(Locale.ROOT))).isEqualTo(typed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"})
  void the_checksum_is_that_of_the_examples(String address) {
    assertThat(WalletAddress.parse(address).checksummed()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
      "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg"})
  void one_wrong_letter_is_no_address(String address) {
    assertThatThrownBy(() -> WalletAddress.typed(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings =
      {"", " inference", "inference ", "\u00a0inference", "inference\u2003", "in\tference", "inference\n",
      "in\u0000ference", "in\u0085ference"})
  void an_invalid_typed_service_name_is_refused(String name) {
    assertThatThrownBy(() -> ServiceName.typed(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "inference-v1.0", "two words", "服务"})
  void any_other_service_name_may_be_typed(String name) {
    assertThat(ServiceName.typed(name)).hasToString(name);
  }

  /** Hashes of zero bytes around the block size; computed with another implementation. */
  @ParameterizedTest
  @CsvSource({"0, c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
      "135, 29e3704feeca7fb9ba229f0fa04d9b36449cf3ad6e1d85d9cfff3a10df9abc3e",
      "136, 3a5912a7c5faa06ee4fe906253e339467a9ce87d533c65be3c15cb231cdb25f9",
      "137, bee7fbb405cb0d91a8775e338c4a5e4b5d6b2d051f687fa942043cffdc73bd28",
      "300, 347b017cb0632f78c0c51dfedd8e31b8d2c31e5bf282c1e8c370e45ef8b0f7f0"})
  void the_hash_is_the_chains(int length, String hash) {
    assertThat(HexFormat.of().formatHex(Keccak256.hash(new byte[length]))).isEqualTo(hash);
  }

  /** Computed with another implementation of CRC-32C: a partition's number never changes. */
  @ParameterizedTest
  @CsvSource({"0x0000000000000000000000000000000000000000, 14", "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65, 12",
      "0x70997970c51812dc3a010c7d01b50e0d17dc79c8, 13"})
  void a_partition_is_for_ever(String owner, int partition) {
    assertThat(Partitions.DEFAULT.of(WalletAddress.parse(owner))).isEqualTo(partition);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void a_deployment_has_1_to_1024_partitions(int count) {
    assertThatThrownBy(() -> new Partitions(count)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"inference-v1.0, inference", "fine-tuning-v1.1, fine-tuning", "plain, plain", "a-v1-v2, a-v1"})
  void the_type_of_a_service_stands_before_its_version(String name, String type) {
    assertThat(ServiceName.of(name).type()).isEqualTo(type);
  }
}
