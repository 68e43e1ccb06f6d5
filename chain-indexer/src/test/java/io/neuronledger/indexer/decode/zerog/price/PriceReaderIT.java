package io.neuronledger.indexer.decode.zerog.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prices as the decoder publishes them, from logs and from a node's answers. */
class PriceReaderIT {
  private static final WalletAddress SERVING = wallet("a2");
  private static final WalletAddress PROVIDER = wallet("51");
  private static final WalletAddress OTHER_PROVIDER = wallet("52");
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final ServiceName FINE_TUNING = ServiceName.of("fine-tuning-v1.0");
  private static final String INFO = "{\"cacheTokenBilling\":{\"divisor\":10}}";
  /** By the hashes of the compiled contracts. */
  private static final String GET_SERVICE = "0x15a52302";
  private static final String GET_ALL_SERVICES = "0xa09cfca9";
  private static final String GET_ALL_FINE_TUNING_SERVICES = "0x21fe0f30";

  private final ScriptedChain chain = new ScriptedChain(SERVING);
  private final FakeNode fake = new FakeNode(chain);
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry());
  private final ContractModel model = new ContractModel(ModelOverlay.over(new DecoderState(Map.of())));
  private final Map<String, Misbehaviour> answers = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  PriceReaderIT() {
    follows(INFERENCE);
    model.surplus(BigInteger.ZERO);
    model.managerCodeChecked();
    fake.misbehave(call -> switch (call.method()) {
      case "eth_call" -> {
        asked.add(call.params().path(0).path("data").asString().substring(0, 10));
        yield Optional.ofNullable(answers.get(asked.getLast()));
      }
      case "eth_getBalance" -> Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("0x0")));
      default -> Optional.empty();
    });
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static WalletAddress wallet(String digits) {
    return WalletAddress.parse("0x" + digits.repeat(20));
  }

  private void follows(ServiceName service) {
    model.put(SERVING, info(service));
  }

  private static ServiceInfo info(ServiceName service) {
    return new ServiceInfo(service, Duration.ofDays(1), Optional.empty());
  }

  private static ServicePrice price(long input, Optional<String> info) {
    return new ServicePrice("chatbot", "https://gpu.example", Optional.of("model-a"), neuron(input),
        Optional.of(neuron(3 * input)), Optional.of("TeeML"), info);
  }

  private static Neuron neuron(long amount) {
    return new Neuron(BigInteger.valueOf(amount));
  }

  private static Draft log(LogForm form, WalletAddress provider, String data) {
    return new Draft(List.of(form.topic(), "0x" + "0".repeat(24) + provider.value().substring(2)), data);
  }

  private static Draft updated(WalletAddress provider, long input) {
    return log(LogForm.SERVICE_UPDATED, provider, new AbiWriter().string("chatbot").string("https://gpu.example")
        .neuron(neuron(input)).neuron(neuron(3 * input)).uint(1_700_000_000L).string("model-a").string("TeeML")
        .data());
  }

  private static Draft removed(WalletAddress provider) {
    return log(LogForm.SERVICE_REMOVED, provider, "0x");
  }

  private static AbiWriter service(WalletAddress provider, long input, String info) {
    return new AbiWriter().address(provider).string("chatbot").string("https://gpu.example").neuron(neuron(input))
        .neuron(neuron(3 * input)).uint(1_700_000_000L).string("model-a").string("TeeML").string(info)
        .address(wallet("99")).bool(true);
  }

  private void answer(String selector, AbiWriter answer) {
    answers.put(selector, new Misbehaviour.Result(JsonNodeFactory.instance.stringNode(answer.data())));
  }

  private BlockRef head() {
    long head = chain.head().number();
    return client.node.headers(head, head, false).getFirst().ref();
  }

  /** The newest block as the whole decoder publishes it. */
  private List<ChainEvent> decoded() {
    Map<String, String> stored = new HashMap<>();
    model.overlay().changes().forEach((key, value) -> stored.put(key, value.orElseThrow()));
    DecoderState state = new DecoderState(stored);
    ZeroGFamily family = new ZeroGFamily(wallet("a1"), new Implementations(Set.of(), false), Optional.empty());
    LogFilter filter = family.filter(state);
    long head = chain.head().number();
    List<BlockData> blocks = client.node.blockData(client.node.headers(head, head, true), filter);
    return family.prepare(blocks, filter, state, 0, client.node).decode(blocks.getFirst(), state).readings().stream()
        .map(reading -> ((Reading.Fact) reading).event()).toList();
  }

  private static ChainEvent set(WalletAddress provider, Optional<ServicePrice> price) {
    return new ChainEvent.PriceSet(provider, INFERENCE, price);
  }

  @Test
  void a_price_is_published_with_what_the_contract_answers_beside_it() {
    chain.mine(updated(PROVIDER, 70));
    answer(GET_SERVICE, new AbiWriter().tuple(service(PROVIDER, 70, INFO)));
    assertThat(decoded()).containsExactly(set(PROVIDER, Optional.of(price(70, Optional.of(INFO)))));
  }

  @Test
  void of_two_updates_in_a_block_the_contract_answers_for_the_last_alone() {
    chain.mine(updated(PROVIDER, 70), updated(PROVIDER, 80));
    answer(GET_SERVICE, new AbiWriter().tuple(service(PROVIDER, 80, INFO)));
    assertThat(decoded()).containsExactly(set(PROVIDER, Optional.of(price(70, Optional.empty()))),
        set(PROVIDER, Optional.of(price(80, Optional.of(INFO)))));
  }

  @Test
  void a_removed_service_has_no_price_and_nothing_is_asked_about_it() {
    chain.mine(updated(PROVIDER, 70), removed(PROVIDER));
    assertThat(decoded()).containsExactly(set(PROVIDER, Optional.of(price(70, Optional.empty()))),
        set(PROVIDER, Optional.empty()));
    assertThat(asked).doesNotContain(GET_SERVICE);
  }

  @Test
  void a_node_that_refuses_the_question_leaves_the_additional_information_unknown() {
    chain.mine(updated(PROVIDER, 70));
    for (Misbehaviour refusal : List.of(new Misbehaviour.Refuses(-32000, "missing trie node"),
        new Misbehaviour.Refuses(3, "execution reverted"),
        new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("0x")))) {
      answers.put(GET_SERVICE, refusal);
      assertThat(decoded()).as(refusal.toString())
          .containsExactly(set(PROVIDER, Optional.of(price(70, Optional.empty()))));
    }
    answer(GET_SERVICE, new AbiWriter().tuple(service(OTHER_PROVIDER, 70, INFO)));
    assertThat(decoded()).as("an answer about another provider")
        .containsExactly(set(PROVIDER, Optional.of(price(70, Optional.empty()))));
  }

  /** Otherwise a fault on the way to the node would decide what is published. */
  @Test
  void a_node_that_fails_in_passing_is_asked_again() {
    chain.mine(updated(PROVIDER, 70));
    answers.put(GET_SERVICE, new Misbehaviour.Status(502, Map.of(), "bad gateway"));
    assertThat(catchThrowableOfType(RpcFailure.class, this::decoded)).isNotNull();
  }

  /** Contracts accept any bytes as a string: a provider must not stop following with them. */
  @Test
  void a_text_that_is_not_utf_8_is_published_and_stops_nothing() {
    Draft log = updated(PROVIDER, 70);
    String model = HexData.of("model-a".getBytes(StandardCharsets.UTF_8)).substring(2);
    chain.mine(new Draft(log.topics(), log.data().replace(model, "ff" + model.substring(2))));
    answer(GET_SERVICE, new AbiWriter().tuple(service(PROVIDER, 70, INFO)));
    assertThat(decoded()).singleElement().satisfies(event -> assertThat(((ChainEvent.PriceSet) event).price()
        .orElseThrow().model()).contains("\ufffdodel-a"));
  }

  @Test
  void fine_tuning_has_one_price_and_no_additional_information() {
    follows(FINE_TUNING);
    chain.mine(log(LogForm.FINE_TUNING_SERVICE_UPDATED, PROVIDER, new AbiWriter().string("https://tune.example")
        .tuple(new AbiWriter().uint(8).uint(64).uint(1).uint(100).string("H200")).neuron(neuron(9))
        .address(wallet("99")).bool(false).data()));
    assertThat(decoded()).containsExactly(new ChainEvent.PriceSet(PROVIDER, FINE_TUNING, Optional.of(tuning())));
  }

  private static ServicePrice tuning() {
    return new ServicePrice("fine-tuning", "https://tune.example", Optional.empty(), neuron(9), Optional.empty(),
        Optional.empty(), Optional.empty());
  }

  @Test
  void a_start_in_the_middle_of_the_chain_reads_the_prices_in_force() {
    chain.mine(updated(PROVIDER, 70));
    answer(GET_ALL_SERVICES, new AbiWriter().list(List.of(service(PROVIDER, 70, INFO), service(OTHER_PROVIDER, 5, "")))
        .uint(2));
    PriceReader reader = new PriceReader(client.node);
    assertThat(reader.all(SERVING, info(INFERENCE), head())).containsExactly(
        set(PROVIDER, Optional.of(price(70, Optional.of(INFO)))),
        set(OTHER_PROVIDER, Optional.of(price(5, Optional.of("")))));
    answer(GET_ALL_FINE_TUNING_SERVICES, new AbiWriter().list(List.of(new AbiWriter().address(PROVIDER)
        .string("https://tune.example").tuple(new AbiWriter().uint(8).uint(64).uint(1).uint(100).string("H200"))
        .neuron(neuron(9)).bool(false).list(List.of()).address(wallet("99")).bool(true))));
    assertThat(reader.all(SERVING, info(FINE_TUNING), head()))
        .containsExactly(new ChainEvent.PriceSet(PROVIDER, FINE_TUNING, Optional.of(tuning())));
    answers.put(GET_ALL_SERVICES, new Misbehaviour.Refuses(3, "execution reverted"));
    assertThat(reader.all(SERVING, info(INFERENCE), head())).as("unknown, and following starts").isEmpty();
  }
}
