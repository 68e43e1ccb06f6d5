package io.neuronledger.command.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Prices of providers, from the chain's topic into the event store. */
class PricesIT {
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(2));

  /** NUL too: any text may be published, and PostgreSQL's text takes all but that. */
  @Test
  void every_partition_records_a_price_and_its_end_as_published() {
    Optional<ServicePrice> price = Optional.of(new ServicePrice("chatbot", "https://gpu.example/\0",
        Optional.of("model \uFFFD"), Neuron.MAX, Optional.of(Neuron.ZERO), Optional.of(""), Optional.empty()));
    try (CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 2)) {
      instance.record(chain.seal().drain());
      instance.record(chain.broadcast(new ChainEvent.PriceSet(Wallets.PROVIDER, Wallets.INFERENCE, price)).seal()
          .broadcast(new ChainEvent.PriceSet(Wallets.PROVIDER, Wallets.INFERENCE, Optional.empty())).seal().drain());
      for (int partition = 0; partition < 2; partition++) {
        assertThat(instance.events(partition)).filteredOn(PartitionEvent.PriceSet.class::isInstance)
            .extracting(event -> ((PartitionEvent.PriceSet) event).price()).containsExactly(price, Optional.empty());
      }
    }
  }
}
