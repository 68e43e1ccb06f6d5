package io.neuronledger.indexer.decode.zerog.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.evm.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ABI files, the hashes of the compiled contracts and the decoder's signatures agree. */
class AbiFactsTest {
  private static final List<String> CONTRACTS =
      List.of("LedgerManager", "InferenceServing", "FineTuningServing", "UpgradeableBeacon");

  static List<String> facts() {
    return text("/abi-hashes/0g.txt").lines().filter(line -> !line.startsWith("#")).toList();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void the_abi_hashes_to_what_the_compiler_made(String fact) {
    String[] parts = fact.split(" ", -1);
    List<String> hashes = entries(parts[0]).filter(entry -> entry.path("type").asString().equals(parts[1])
        && entry.path("name").asString().equals(parts[2])).map(AbiFactsTest::signature)
        .map(signature -> parts[1].equals("event") ? Signature.topic(signature) : Signature.selector(signature))
        .toList();
    assertThat(hashes).containsExactly(parts[3]);
  }

  @Test
  void every_entry_of_the_abi_is_among_the_facts() {
    long entries = CONTRACTS.stream().flatMap(AbiFactsTest::entries).count();
    assertThat(facts()).hasSize((int) entries);
  }

  @Test
  void the_decoder_looks_for_logs_of_the_abi() {
    for (LogForm form : LogForm.values()) {
      List<JsonNode> events = CONTRACTS.stream().flatMap(AbiFactsTest::entries)
          .filter(entry -> entry.path("type").asString().equals("event") && signature(entry).equals(form.signature()))
          .toList();
      assertThat(events).as(form.signature()).isNotEmpty().allSatisfy(event ->
          assertThat(event.path("inputs").valueStream().filter(input -> input.path("indexed").asBoolean()).count())
              .isEqualTo(form.indexed()));
    }
  }

  @Test
  void the_decoder_looks_for_calls_of_the_abi() {
    List<String> functions = CONTRACTS.stream().flatMap(AbiFactsTest::entries)
        .filter(entry -> entry.path("type").asString().equals("function")).map(AbiFactsTest::signature).toList();
    for (CallForm form : CallForm.values()) {
      assertThat(functions).contains(form.signature());
      assertThat(form.selector()).isEqualTo(Signature.selector(form.signature()));
    }
    assertThat(functions).contains(CallForm.SETTLE_FEES);
  }

  private static Stream<JsonNode> entries(String contract) {
    return JsonMapper.shared().readTree(text("/abi/" + contract + ".json")).valueStream();
  }

  private static String signature(JsonNode entry) {
    return entry.path("name").asString() + types(entry.path("inputs"));
  }

  /** Tuples by what is in them. */
  private static String types(JsonNode inputs) {
    return inputs.valueStream().map(input -> input.path("type").asString().startsWith("tuple")
            ? types(input.path("components")) + input.path("type").asString().substring("tuple".length())
            : input.path("type").asString())
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String text(String resource) {
    try (InputStream in = requireNonNull(AbiFactsTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void input_that_the_contract_would_refuse_is_of_no_interest() {
    String selector = Signature.selector("depositFundFor(address)");
    assertThat(CallForm.read(true, selector, Neuron.ZERO)).isEmpty();
    assertThat(CallForm.read(true, selector + "f".repeat(64), Neuron.ZERO)).isEmpty();
    assertThat(CallForm.read(true, selector + "%064x".formatted(9), Neuron.ZERO)).isPresent();
    assertThat(CallForm.read(false, selector + "%064x".formatted(9), Neuron.ZERO)).as("not a serving contract's")
        .isEmpty();
    assertThat(CallForm.read(true, "0x", Neuron.ZERO)).isEmpty();
  }

  /** Offsets may all refer to the same bytes; reading them each time would exceed what is read of one call. */
  @Test
  void long_bytes_in_place_of_signatures_leave_every_item_readable() {
    int items = 400;
    int signatureWords = 3_000;
    StringBuilder input = new StringBuilder(CallForm.SETTLE.selector()).append(word(32)).append(word(items));
    for (int i = 0; i < items; i++) {
      input.append(word(items * 32L));
    }
    for (long value : new long[] {1, 2, 3, 4, 5, 6 * 32, signatureWords * 32L}) {
      input.append(word(value));
    }
    input.append(word(7).repeat(signatureWords));
    ContractCall.Settle call = (ContractCall.Settle) CallForm.read(false, input.toString(), Neuron.ZERO).orElseThrow();
    assertThat(call.items()).hasSize(items)
        .allMatch(item -> item.totalFee().equals(Neuron.parse("3")) && item.signed().isEmpty());
  }

  private static String word(long value) {
    return "%064x".formatted(value);
  }
}
