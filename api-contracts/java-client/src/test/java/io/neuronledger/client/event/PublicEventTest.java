package io.neuronledger.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.LedgerEvent.FundsDeposited;
import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import io.neuronledger.contracts.event.UsageEvent.UsageReversed;
import io.neuronledger.contracts.value.Neuron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PublicEventTest {
  /** The schemas of all public types, each with an example from a run. */
  static List<Path> schemas() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../src/main/resources/asyncapi/public-events"))) {
      return files.sorted().toList();
    }
  }

  static ObjectNode example(String type) throws IOException {
    Path schema = schemas().stream().filter(each -> each.endsWith(type + ".json")).findFirst().orElseThrow();
    return (ObjectNode) JsonMapper.shared().readTree(schema.toFile()).at("/examples/0");
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void every_public_type_is_typed(Path schema) {
    String example = JsonMapper.shared().readTree(schema.toFile()).at("/examples/0").toString();
    PublicEvent event = PublicEvent.parse(example);
    assertThat(event.type() + ".json").isEqualTo(Objects.requireNonNull(schema.getFileName()).toString());
    assertThat(event.event()).isPresent();
    assertThat(event.json()).isEqualTo(example);
    assertThat(event.owner().toString()).matches("0x[0-9a-f]{40}");
  }

  @Test
  void amounts_are_exact() throws IOException {
    ObjectNode example = example("funds-deposited.v1");
    ((ObjectNode) example.get("event")).put("amount", "9500000000000000001");
    assertThat(PublicEvent.parse(example.toString()).event().orElseThrow())
        .isInstanceOfSatisfying(FundsDeposited.class,
            deposit -> assertThat(deposit.amount()).isEqualTo(Neuron.ofZeroG("9.500000000000000001")));
  }

  @Test
  void who_has_decided_is_not_public() throws IOException {
    assertThat(PublicEvent.parse(example("usage-reversed.v1").toString()).event().orElseThrow())
        .isInstanceOfSatisfying(UsageReversed.class, reversed -> assertThat(reversed.by()).isEmpty());
  }

  /** As docs/subscribe.md allows them to be added. */
  @Test
  void what_is_added_later_is_passed_over() throws IOException {
    ObjectNode example = example("funds-deposited.v1").put("added", true);
    ((ObjectNode) example.get("event")).put("added", 1);
    assertThat(PublicEvent.parse(example.toString()).event()).isPresent();
    ((ObjectNode) example.get("event")).put("type", "funds-deposited.v2");
    PublicEvent later = PublicEvent.parse(example.toString());
    assertThat(later.event()).isEmpty();
    assertThat(later.type()).isEqualTo("funds-deposited.v2");
  }

  @Test
  void what_is_no_event_is_refused() throws IOException {
    ObjectNode without = example("funds-deposited.v1");
    ((ObjectNode) without.get("event")).remove("amount");
    for (String other : List.of("", "{}", "[]", "{\"chain_id\":1", without.toString(),
        example("funds-deposited.v1").without("seq").toString())) {
      assertThatThrownBy(() -> PublicEvent.parse(other)).as(other).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_fork_retracts_the_owners_events_from_its_block_on() throws IOException {
    ObjectNode rewound = example("ledger-rewound.v1");
    LedgerRewound fork = (LedgerRewound) PublicEvent.parse(rewound.toString()).event().orElseThrow();
    assertThat(deposit(fork.owner().toString(), fork.fromBlock()).isRetractedBy(fork)).isTrue();
    assertThat(deposit(fork.owner().toString(), fork.fromBlock() + 1).isRetractedBy(fork)).isTrue();
    assertThat(deposit(fork.owner().toString(), fork.fromBlock() - 1).isRetractedBy(fork)).isFalse();
    assertThat(deposit("0x" + "1".repeat(40), fork.fromBlock()).isRetractedBy(fork)).isFalse();
    String deposit = deposit(fork.owner().toString(), fork.fromBlock()).json();
    PublicEvent later = PublicEvent.parse(deposit.replace("funds-deposited.v1", "funds-deposited.v2"));
    assertThat(later.event()).as("a type that this client does not know").isEmpty();
    assertThat(later.isRetractedBy(fork)).isTrue();
    for (String at : List.of("", "7", "-1-0-0-0", "x-0-0-0")) {
      PublicEvent without = PublicEvent.parse(later.json().replace(
          "\"at\":\"" + fork.fromBlock() + "-0-0-0\"", "\"at\":\"" + at + "\""));
      assertThatThrownBy(() -> without.isRetractedBy(fork)).as(at).isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a cause without a position");
    }
    ObjectNode usage = example("usage-recorded.v1");
    ((ObjectNode) usage.get("event")).put("owner", fork.owner().toString());
    assertThat(PublicEvent.parse(usage.toString()).isRetractedBy(fork)).as("usage has no block").isFalse();
  }

  private static PublicEvent deposit(String owner, long block) throws IOException {
    ObjectNode example = example("funds-deposited.v1");
    ObjectNode event = (ObjectNode) example.get("event");
    event.put("owner", owner);
    ((ObjectNode) event.get("cause")).put("at", block + "-0-0-0");
    return PublicEvent.parse(example.toString());
  }
}
