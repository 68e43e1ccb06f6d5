package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.full;
import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Reports.withFee;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsageAcceptanceTest {
  @Test
  void a_new_request_is_recorded() {
    UsageAcceptance acceptance = new UsageAcceptance(List.of(report("r-1", 5)));

    assertThat(acceptance.accepted(Map.of())).containsOnlyKeys(Wallets.ALICES);
    assertThat(acceptance.outcomes(Map.of())).containsExactly(new UsageOutcome.Recorded());
  }

  @Test
  void a_repeated_report_has_no_effect() {
    UsageAcceptance again = new UsageAcceptance(List.of(report("r-1", 5)));
    Map<UUID, UUID> before = new UsageAcceptance(List.of(report("r-1", 5))).candidates();

    assertThat(again.accepted(before)).isEmpty();
    assertThat(again.outcomes(before)).containsExactly(new UsageOutcome.Repeated());
  }

  @Test
  void the_same_request_with_different_content_is_refused() {
    UsageAcceptance other = new UsageAcceptance(List.of(report("r-1", 6)));
    Map<UUID, UUID> before = new UsageAcceptance(List.of(report("r-1", 5))).candidates();

    assertThat(other.accepted(before)).isEmpty();
    assertThat(other.outcomes(before)).singleElement().isInstanceOfSatisfying(UsageOutcome.Refused.class,
        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.REQUEST_ALREADY_REPORTED));
  }

  @Test
  void within_a_batch_the_first_report_of_a_request_counts() {
    UsageAcceptance acceptance = new UsageAcceptance(List.of(report("r-1", 5), report("r-1", 6), report("r-1", 5)));

    assertThat(acceptance.accepted(Map.of()).get(Wallets.ALICES)).extracting(UsageLine::fee)
        .containsExactly(Neuron.parse("5"));
    List<UsageOutcome> outcomes = acceptance.outcomes(Map.of());
    assertThat(outcomes.get(0)).isEqualTo(new UsageOutcome.Recorded());
    assertThat(outcomes.get(1)).isInstanceOf(UsageOutcome.Refused.class);
    assertThat(outcomes.get(2)).isEqualTo(new UsageOutcome.Repeated());
  }

  /** A report with a wrong fee does not count: the right one after it is the first. */
  @Test
  void a_wrong_fee_is_refused_with_the_expected_fee() {
    UsageReport right = full("r-1");
    UsageAcceptance acceptance = new UsageAcceptance(List.of(withFee(right, "134399"), withFee(right, "134401"),
        right));

    assertThat(right.fee()).isEqualTo(Neuron.parse("134400"));
    List<UsageOutcome> outcomes = acceptance.outcomes(Map.of());
    for (UsageOutcome wrong : outcomes.subList(0, 2)) {
      assertThat(wrong).isInstanceOfSatisfying(UsageOutcome.Refused.class, refused -> {
        assertThat(refused.code()).isEqualTo(ProblemCode.FEE_MISMATCH);
        assertThat(refused.expectedFee()).isEqualTo(Optional.of(Neuron.parse("134400")));
      });
    }
    assertThat(outcomes.getLast()).isEqualTo(new UsageOutcome.Recorded());
  }

  @Test
  void lines_sum_to_the_fee_exactly() {
    UsageReport right = Reports.withUnits(report("r-1", 5), Reports.priced());
    UsageAcceptance acceptance = new UsageAcceptance(List.of(withFee(right, "2299"), right));

    assertThat(acceptance.outcomes(Map.of())).containsExactly(new UsageOutcome.Refused(ProblemCode.FEE_MISMATCH,
        "these units cost 2300 neuron, not 2299", Optional.of(Neuron.parse("2300"))), new UsageOutcome.Recorded());
  }

  @Test
  void a_charge_without_unit_prices_is_accepted_by_its_fee() {
    UsageReport charge = Reports.withUnits(withFee(report("r-1", 5), "7"), Reports.unpriced());
    UsageReport nothing = Reports.withUnits(withFee(report("r-2", 5), "9"), new Units.Unpriced(List.of()));

    UsageAcceptance acceptance = new UsageAcceptance(List.of(charge, nothing, withFee(charge, "8")));
    assertThat(acceptance.accepted(Map.of()).get(Wallets.ALICES)).extracting(UsageLine::fee)
        .containsExactly(Neuron.parse("7"), Neuron.parse("9"));
    assertThat(acceptance.outcomes(Map.of())).element(2).isInstanceOf(UsageOutcome.Refused.class);
  }

  @Test
  void two_providers_may_use_the_same_id() {
    UsageReport one = report("r-1", 5);
    UsageReport other = new UsageReport(one.requestId(), one.owner(), Wallets.OTHER_PROVIDER, one.service(),
        one.model(), one.units(), one.fee(), one.when(), one.source(), one.apiKeyId());

    assertThat(new UsageAcceptance(List.of(one, other)).outcomes(Map.of()))
        .containsExactly(new UsageOutcome.Recorded(), new UsageOutcome.Recorded());
  }
}
