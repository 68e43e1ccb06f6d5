package io.neuronledger.contracts.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerDetailsTest {
  private static final ServiceName FINE_TUNING = ServiceName.of("fine-tuning-v1.0");
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");

  @Test
  void each_service_has_the_sums_of_its_sub_accounts_and_the_ledger_those_of_all() {
    LedgerDetails detail = LedgerDetails.of(List.of(account(FINE_TUNING, 1, 10, 0, 0, 25),
        account(INFERENCE, 1, 100, 30, 20, 0), account(INFERENCE, 2, 7, 1, 0, 0)));

    assertThat(detail.services()).extracting(LedgerDetails.Service::service).containsExactly(FINE_TUNING, INFERENCE);
    assertThat(detail.services()).extracting(LedgerDetails.Service::subAccounts).containsExactly(1, 2);
    // The shortfall at one provider is not taken from what can be spent at another.
    assertThat(detail.services().getFirst().sums()).isEqualTo(sums(10, 0, 10, 25, 0, 0, 15));
    assertThat(detail.services().getLast().sums()).isEqualTo(sums(107, 31, 76, 0, 20, 76, 0));
    assertThat(detail.sums()).isEqualTo(sums(117, 31, 86, 25, 20, 76, 15));
  }

  @Test
  void without_sub_accounts_everything_is_zero() {
    LedgerDetails detail = LedgerDetails.of(List.of());
    assertThat(detail.services()).isEmpty();
    assertThat(detail.sums()).isEqualTo(sums(0, 0, 0, 0, 0, 0, 0));
  }

  private static SubAccountView account(ServiceName service, int provider, long balance, long pending, long unreported,
      long unsettled) {
    NeuronSum left = sum(balance - pending - unsettled);
    return new SubAccountView(new WalletAddress("0x" + "00".repeat(19) + "0" + provider), service, neuron(balance),
        neuron(pending), neuron(balance - pending), NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, sum(unsettled),
        sum(unreported), left.orZero(), left.negate().orZero(), true, List.of());
  }

  private static SubAccountSums sums(long balance, long pending, long free, long unsettled, long unreported,
      long spendable, long shortfall) {
    return new SubAccountSums(sum(balance), sum(pending), sum(free), sum(unsettled), sum(unreported), sum(spendable),
        sum(shortfall));
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private static NeuronSum sum(long amount) {
    return NeuronSum.parse(String.valueOf(amount));
  }
}
