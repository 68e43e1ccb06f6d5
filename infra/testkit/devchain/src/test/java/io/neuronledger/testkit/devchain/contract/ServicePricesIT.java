package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.testkit.devchain.transaction.ContractAbi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServicePricesIT {
  private static final String INFO = "{\"cacheTokenBilling\":{\"divisor\":10}}";

  private final Scene scene = new Scene();

  private static ServicePrice price(String input) {
    return new ServicePrice("chatbot", "https://gpu.example", Optional.of("model-a"), Neuron.parse(input),
        Optional.of(Neuron.parse("300")), Optional.of("TeeML"), Optional.of(INFO));
  }

  private List<ContractAbi.Decoded> update(String input) {
    return scene.logs(scene.contract.updateService(scene.provider, INFERENCE, price(input)));
  }

  @Test
  void any_provider_publishes_a_price_with_one_log() {
    assertThat(update("100")).singleElement().satisfies(log -> {
      assertThat(log.name()).isEqualTo("ServiceUpdated");
      assertThat(log.arguments()).hasSize(10).startsWith(scene.provider.address(), INFERENCE.value(), "chatbot",
          "https://gpu.example").endsWith("model-a", "TeeML", INFO);
    });
  }

  @Test
  void an_equal_price_emits_no_log_and_another_one_does() {
    update("100");
    assertThat(update("100")).isEmpty();
    assertThat(update("90")).hasSize(1);
  }

  @Test
  void a_removed_service_can_be_offered_again_at_the_same_price() {
    update("100");
    assertThat(scene.logs(scene.contract.removeService(scene.provider, INFERENCE)))
        .containsExactly(log("ServiceRemoved", scene.provider.address(), INFERENCE));
    scene.refused(scene.contract.removeService(scene.provider, INFERENCE), "ServiceNotOffered");
    assertThat(update("100")).hasSize(1);
  }

  @Test
  void prices_are_of_registered_services() {
    scene.refused(scene.contract.updateService(scene.provider, ServiceName.of("other-v1.0"), price("1")),
        "ServiceUnknown");
    scene.refused(scene.contract.removeService(scene.provider, FINE_TUNING), "ServiceNotOffered");
  }
}
