package io.neuronledger.foundation.problem.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** One rendering of addresses and amounts, which the service's own JSON does not have. */
class AnswerJsonTest {
  private static final String LOWER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
  private static final String CHECKSUMMED = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  private static final JsonMapper SERVICE = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
      .build();
  private static final AnswerJson JSON = new AnswerJson(SERVICE);

  record Answer(WalletAddress owner, List<WalletAddress> providers, Neuron inputPrice, Optional<SignedNeuron> change,
      Optional<Neuron> absent, @JsonUnwrapped Sums sums, List<Sums> days) {}

  record Sums(NeuronSum used) {}

  private static Answer answer(String amount, String change) {
    Sums sums = new Sums(NeuronSum.parse(change));
    return new Answer(WalletAddress.parse(LOWER), List.of(WalletAddress.ZERO, WalletAddress.parse(LOWER)),
        Neuron.parse(amount), Optional.of(SignedNeuron.parse(change)), Optional.empty(), sums, List.of(sums));
  }

  @Test
  void addresses_have_their_checksum_in_answers_alone() {
    String zero = WalletAddress.ZERO.value();
    assertThat(JSON.in(AnswerUnit.NEURON).writeValueAsString(answer("1", "-1"))).isEqualTo("{\"owner\":\"" + CHECKSUMMED
        + "\",\"providers\":[\"" + zero + "\",\"" + CHECKSUMMED + "\"],\"input_price\":\"1\",\"change\":\"-1\","
        + "\"used\":\"-1\",\"days\":[{\"used\":\"-1\"}]}");
    assertThat(SERVICE.writeValueAsString(answer("1", "-1"))).contains("\"owner\":\"" + LOWER + "\"");
  }

  /** The last row is the largest amount, and the smallest change. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "1, 0.000000000000000001, -1, -0.000000000000000001",
      "500000000000000000, 0.5, -500000000000000000, -0.5", "1000000000000000000, 1, 10000000000000000000, 10",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935,"
          + "115792089237316195423570985008687907853269984665640564039457.584007913129639935,"
          + "-115792089237316195423570985008687907853269984665640564039457584007913129639935,"
          + "-115792089237316195423570985008687907853269984665640564039457.584007913129639935"})
  void each_amount_has_its_exact_twin(String amount, String inZeroG, String change, String changeInZeroG) {
    String answer = JSON.in(AnswerUnit.ZERO_G).writeValueAsString(answer(amount, change));
    assertThat(answer).contains("\"input_price\":\"" + amount + "\",\"input_price_0g\":\"" + inZeroG + "\"",
        "\"change\":\"" + change + "\",\"change_0g\":\"" + changeInZeroG + "\"",
        "\"used\":\"" + change + "\",\"used_0g\":\"" + changeInZeroG + "\",\"days\":[{\"used\":\"" + change
            + "\",\"used_0g\":\"" + changeInZeroG + "\"}]", CHECKSUMMED)
        .doesNotContain("absent");
  }

  @Test
  void the_unit_is_neuron_or_0g() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    assertThat(AnswerUnit.of(request)).isEqualTo(AnswerUnit.NEURON);
    request.setParameter("unit", "neuron");
    assertThat(AnswerUnit.of(request)).isEqualTo(AnswerUnit.NEURON);
    request.setParameter("unit", "0G");
    assertThat(AnswerUnit.of(request)).isEqualTo(AnswerUnit.ZERO_G);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0g", "0G ", "wei", "og", "1"})
  void any_other_unit_is_refused(String unit) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setParameter("unit", unit);
    assertThatThrownBy(() -> AnswerUnit.of(request)).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.BAD_PARAMETER));
  }
}
