package io.neuronledger.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateComparisonTest {
  private static final WalletAddress OWNER = new WalletAddress("0x" + "a1".repeat(20));
  private static final WalletAddress PROVIDER = new WalletAddress("0x" + "b2".repeat(20));
  private static final Neuron ONE = Neuron.parse("1");

  private static List<String> differences(OwnerAnswer ledger, OwnerAnswer contract) {
    List<CheckResult.Difference> found = new ArrayList<>();
    new StateComparison(found::add).compare(ledger, contract);
    return found.stream().map(each -> each.what() + ": " + each.ledger() + " / " + each.contract()).toList();
  }

  private static OwnerAnswer withRefund(RefundAnswer refund) {
    return OwnerAnswer.open(OWNER, ONE,
        List.of(SubAccountAnswer.of(PROVIDER, ServiceName.of("inference-v1.0"), ONE, refund)));
  }

  @Test
  void equal_states_have_no_difference() {
    OwnerAnswer state = withRefund(new RefundAnswer(ONE, Instant.EPOCH, true));
    assertThat(differences(state, state)).isEmpty();
    assertThat(differences(OwnerAnswer.closed(OWNER), OwnerAnswer.closed(OWNER))).isEmpty();
  }

  @Test
  void refunds_differ_by_amount_time_and_lock() {
    OwnerAnswer state = withRefund(new RefundAnswer(ONE, Instant.EPOCH, true));
    assertThat(differences(state, withRefund(new RefundAnswer(ONE, Instant.EPOCH, false)))).containsExactly(
        "inference-v1.0 with " + PROVIDER + ", refund 1: 1 asked at 1970-01-01T00:00:00Z, claimable"
            + " / 1 asked at 1970-01-01T00:00:00Z, waiting");
    assertThat(differences(state, withRefund(new RefundAnswer(ONE, Instant.EPOCH.plusSeconds(1), true)))).hasSize(1);
    assertThat(differences(state, OwnerAnswer.open(OWNER, ONE, List.of()))).hasSize(3);
  }

  @Test
  void a_closed_ledger_with_money_differs_from_an_empty_one() {
    OwnerAnswer odd = new OwnerAnswer(OWNER, false, ONE, Neuron.ZERO, ONE, List.of());
    assertThat(differences(odd, OwnerAnswer.closed(OWNER)))
        .containsExactly("ledger: closed, available 1, locked 0, total 1 / closed");
  }
}
