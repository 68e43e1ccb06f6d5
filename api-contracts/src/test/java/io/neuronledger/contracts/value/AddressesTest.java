package io.neuronledger.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Lanes;
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
      "0xg5d34aaf54267db7d7c367839aaf71a00a2c6a65", " 0x15d34aaf54267db7d7c367839aaf71a00a2c6a65"})
  void anything_else_is_no_address(String text) {
    assertThatThrownBy(() -> WalletAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Computed with another implementation of CRC-32C: a lane's number never changes. */
  @ParameterizedTest
  @CsvSource({"0x0000000000000000000000000000000000000000, 14", "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65, 12",
      "0x70997970c51812dc3a010c7d01b50e0d17dc79c8, 13"})
  void a_lane_is_for_ever(String owner, int lane) {
    assertThat(Lanes.DEFAULT.of(WalletAddress.parse(owner))).isEqualTo(lane);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025})
  void a_deployment_has_1_to_1024_lanes(int count) {
    assertThatThrownBy(() -> new Lanes(count)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"inference-v1.0, inference", "fine-tuning-v1.1, fine-tuning", "plain, plain", "a-v1-v2, a-v1"})
  void the_type_of_a_service_stands_before_its_version(String name, String type) {
    assertThat(ServiceName.of(name).type()).isEqualTo(type);
  }
}
