package io.neuronledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Axon stores the same JSON as Kafka carries: the golden files of the published events, through Axon's serializer. */
class StoredFormsTest {
  private static final EventSerializer SERIALIZER = EventSerializer.create();

  /** The golden files of all account events. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> name.matches(".*\\.v\\d+") && !name.startsWith("chain") && !name.equals("usage-report.v1"))
          .sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void axon_reads_and_writes_the_golden_form(String name) throws IOException {
    byte[] golden = Files.readAllBytes(folder().resolve(name + ".json"));
    Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(golden, byte[].class,
        new SimpleSerializedType(name, null)));
    SerializedObject<byte[]> written = SERIALIZER.serialize(read, byte[].class);
    assertThat(written.getType().getName()).isEqualTo(name);
    assertThat(ChainEventProducer.JSON.readTree(written.getData())).isEqualTo(ChainEventProducer.JSON.readTree(golden));
    if (read instanceof AccountEvent event) {
      assertThat(ChainEventProducer.JSON.readValue(golden, AccountEvent.class)).isEqualTo(event);
      assertThat(new String(written.getData(), StandardCharsets.UTF_8))
          .isEqualTo(ChainEventProducer.JSON.writerFor(AccountEvent.class).writeValueAsString(event));
    }
  }

  @Test
  void each_stored_name_has_a_golden_file() throws IOException {
    assertThat(names()).containsExactlyInAnyOrderElementsOf(EventSerializer.NAMES.all());
  }

  @Test
  void the_stored_form_of_a_snapshot_is_stable() throws IOException {
    byte[] golden = Files.readAllBytes(folder().resolve(LedgerSnapshot.NAME + ".json"));
    LedgerSnapshot snapshot = new LedgerSnapshot(Wallets.ALICE, new LedgerState(true, Neuron.parse("7"), List.of(
        new SubAccountState(Wallets.PROVIDER, Wallets.INFERENCE, true, Neuron.parse("10"), true,
            List.of(new PendingRefund(
            new RefundId(new ChainPosition(12, 3, 4), 1, 2), Neuron.parse("3"), Instant.parse("2026-01-02T03:04:05Z"),
            true))))));
    Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(golden, byte[].class,
        new SimpleSerializedType(LedgerSnapshot.NAME, null)));
    assertThat(read).isEqualTo(snapshot);
  }

  @Test
  void an_unknown_field_is_refused() {
    byte[] more = "{\"type\":\"owner-released.v1\",\"owner\":\"%s\",\"more\":1}".formatted(Wallets.ALICE)
        .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> SERIALIZER.deserialize(new SimpleSerializedObject<>(more, byte[].class,
        new SimpleSerializedType("owner-released.v1", null)))).hasStackTraceContaining("more");
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(StoredFormsTest.class.getResource("/golden")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
