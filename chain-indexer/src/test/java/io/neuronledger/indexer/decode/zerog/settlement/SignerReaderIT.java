package io.neuronledger.indexer.decode.zerog.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** A node's answers about signers, after a provider was rejected for one. */
class SignerReaderIT {
  private static final WalletAddress INFERENCE = wallet("a2");
  private static final WalletAddress USER = wallet("01");
  private static final WalletAddress PROVIDER = wallet("51");
  private static final WalletAddress OTHER_PROVIDER = wallet("52");
  private static final WalletAddress SIGNER = wallet("99");
  /** Of every transaction of the scripted chain. */
  private static final WalletAddress SENDER = wallet("11");
  /** By the hashes of the compiled contract. */
  private static final String GET_SERVICE = "0x15a52302";
  private static final String SERVICE_UPDATED =
      "0x30ecc203691b2d18e17ee75d47caf34a3fb9f86e855f7e0414d3cec26d0c424b";
  private static final String SERVICE_REMOVED =
      "0x29d546abb6e94f4f04d5bdccb6682316f597d43776078f47e273f000e77b2a91";
  private static final String SIGNER_ACKNOWLEDGED =
      "0x4909107c46469d21135443e891c6ecae55b5baa31b338d50f391935308b08f89";
  private static final int REFUSED = 3;
  private static final int OLD_NONCE = 4;

  private final ScriptedChain chain = new ScriptedChain(INFERENCE);
  private final FakeNode fake = new FakeNode(chain);
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry());
  private final ContractModel model = new ContractModel(ModelOverlay.over(new DecoderState(Map.of())));
  private final Map<WalletAddress, Misbehaviour> services = new HashMap<>();

  SignerReaderIT() {
    model.put(INFERENCE, new ServiceInfo(ServiceName.of("inference-v1.0"), Duration.ofDays(1), Optional.empty()));
    hasSubAccount(PROVIDER);
    fake.misbehave(call -> switch (call.method()) {
      case "eth_call" -> Optional.ofNullable(services.get(asked(call.params().path(0).path("data").asString())));
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

  private static WalletAddress asked(String input) {
    assertThat(input).startsWith(GET_SERVICE);
    return WalletAddress.parse("0x" + input.substring(input.length() - 40));
  }

  private void hasSubAccount(WalletAddress provider) {
    model.put(new AccountKey(INFERENCE, USER, provider), new AccountState(Neuron.ZERO, true, List.of()));
  }

  /** As the ABI describes it: five strings, each empty, among eleven members. */
  private void service(WalletAddress provider, WalletAddress signer, boolean acknowledged) {
    String empty = "%064x".formatted(11 * 32);
    answers(provider, "0x" + "%064x".formatted(32) + word(provider) + empty + empty + "%064x".formatted(70)
        + "%064x".formatted(210) + "%064x".formatted(1_700_000_000L) + empty + empty + empty + word(signer)
        + "%064x".formatted(acknowledged ? 1 : 0) + "%064x".formatted(0));
  }

  private void answers(WalletAddress provider, String answer) {
    services.put(provider, new Misbehaviour.Result(JsonNodeFactory.instance.stringNode(answer)));
  }

  private static String word(WalletAddress address) {
    return "0".repeat(24) + address.value().substring(2);
  }

  private static Draft result(int status) {
    return new Draft(List.of(LogForm.TEE_SETTLEMENT_RESULT.topic(), "0x" + word(USER)),
        "0x" + "%064x".formatted(status) + "%064x".formatted(7));
  }

  private static Draft changed(String topic) {
    return new Draft(List.of(topic, "0x" + word(OTHER_PROVIDER)), "0x");
  }

  /** The newest block, with the logs of results alone, sent by the provider itself to {@code to}. */
  private Map<ProviderService, SignerState> read(WalletAddress to) {
    ScriptedChain.Block block = chain.head();
    Header header = client.node.headers(block.number(), block.number(), false).getFirst();
    List<LogEntry> logs = IntStream.range(0, block.logs().size())
        .filter(i -> block.logs().get(i).topics().getFirst().equals(LogForm.TEE_SETTLEMENT_RESULT.topic()))
        .mapToObj(i -> new LogEntry(INFERENCE, block.logs().get(i).topics(), block.logs().get(i).data(),
            block.number(), block.hash(), block.logs().get(i).transaction(), i, i)).toList();
    List<ChainTransaction> transactions = logs.stream().map(log -> new ChainTransaction(log.transactionHash(),
        log.transactionIndex(), PROVIDER, Optional.of(to), Neuron.ZERO, "0x")).toList();
    return new SignerReader(client.node).in(new BlockData(new Header(header.number(), header.hash(),
        header.parentHash(), header.time(), header.bloom(), header.transactionCount(), transactions), logs), model);
  }

  private static ProviderService of(WalletAddress provider) {
    return new ProviderService(INFERENCE, provider);
  }

  @Test
  void a_signer_is_in_one_of_three_states() {
    chain.mine(result(REFUSED));
    service(PROVIDER, SIGNER, true);
    assertThat(read(INFERENCE)).isEqualTo(Map.of(of(PROVIDER), SignerState.ACKNOWLEDGED));
    service(PROVIDER, SIGNER, false);
    assertThat(read(INFERENCE)).isEqualTo(Map.of(of(PROVIDER), SignerState.NOT_ACKNOWLEDGED));
    service(PROVIDER, WalletAddress.ZERO, true);
    assertThat(read(INFERENCE)).isEqualTo(Map.of(of(PROVIDER), SignerState.ABSENT));
  }

  @Test
  void of_a_call_through_a_contract_all_whom_the_user_pays_are_read_together() {
    chain.mine(result(REFUSED), result(REFUSED));
    hasSubAccount(OTHER_PROVIDER);
    service(PROVIDER, SIGNER, true);
    service(OTHER_PROVIDER, SIGNER, false);
    int before = fake.requests();
    assertThat(read(wallet("62"))).isEqualTo(Map.of(of(PROVIDER), SignerState.ACKNOWLEDGED,
        of(OTHER_PROVIDER), SignerState.NOT_ACKNOWLEDGED));
    assertThat(fake.requests() - before).as("the header, changes, services").isEqualTo(3);
  }

  @Test
  void without_such_a_refusal_nothing_is_asked() {
    chain.mine(result(OLD_NONCE));
    int before = fake.requests();
    assertThat(read(INFERENCE)).isEmpty();
    assertThat(fake.requests() - before).as("the header").isEqualTo(1);
  }

  @Test
  void a_service_that_changes_in_the_block_may_have_had_another_signer() {
    service(PROVIDER, SIGNER, true);
    for (String change : List.of(SERVICE_UPDATED, SERVICE_REMOVED, SIGNER_ACKNOWLEDGED)) {
      chain.mine(result(REFUSED), changed(change));
      assertThat(read(INFERENCE)).as(change).isEmpty();
    }
    chain.mineBoth(result(REFUSED), wallet("bb"), changed(SERVICE_REMOVED));
    assertThat(read(INFERENCE)).as("of somebody else").containsKey(of(PROVIDER));
  }

  @Test
  void unreadable_answers_are_left_out_and_stop_nothing() {
    chain.mine(result(REFUSED));
    hasSubAccount(OTHER_PROVIDER);
    service(OTHER_PROVIDER, SIGNER, false);
    for (Misbehaviour answer : List.of(new Misbehaviour.Refuses(-32000, "missing trie node"),
        new Misbehaviour.Refuses(3, "execution reverted"),
        new Misbehaviour.Result(JsonNodeFactory.instance.stringNode("0x")),
        new Misbehaviour.Result(JsonNodeFactory.instance.numberNode(7)))) {
      services.put(PROVIDER, answer);
      assertThat(read(wallet("62"))).as(answer.toString())
          .isEqualTo(Map.of(of(OTHER_PROVIDER), SignerState.NOT_ACKNOWLEDGED));
    }
  }

  /** The whole decoder, on a block whose transaction the provider sends itself, with input that cannot be read. */
  @Test
  void the_decoder_publishes_the_reason() {
    hasSubAccount(SENDER);
    service(SENDER, SIGNER, false);
    model.surplus(BigInteger.ZERO);
    model.managerCodeChecked();
    chain.mine(result(REFUSED));
    Map<String, String> stored = new HashMap<>();
    model.overlay().changes().forEach((key, value) -> stored.put(key, value.orElseThrow()));
    DecoderState state = new DecoderState(stored);
    ZeroGFamily family = new ZeroGFamily(wallet("a1"), new Implementations(Set.of(), false), Optional.empty());
    LogFilter filter = family.filter(state);
    List<BlockData> blocks = client.node.blockData(client.node.headers(1, 1, true), filter);
    List<Reading> readings = family.prepare(blocks, filter, state, 0, client.node).decode(blocks.getFirst(), state)
        .readings();
    assertThat(readings).singleElement().satisfies(reading ->
        assertThat(((Reading.Fact) reading).event()).isEqualTo(new ChainEvent.SettlementRejected(USER, SENDER,
            ServiceName.of("inference-v1.0"), Neuron.parse("7"), RejectionReason.SERVICE_NOT_ACKNOWLEDGED,
            Optional.empty())));
  }

  /** Otherwise a fault on the way to the node would decide what is published. */
  @Test
  void a_node_that_fails_in_passing_is_asked_again() {
    chain.mine(result(REFUSED));
    for (Misbehaviour failure : List.of(new Misbehaviour.Status(429, Map.of(), "later"),
        new Misbehaviour.Status(502, Map.of(), "bad gateway"), new Misbehaviour.BreaksOff())) {
      services.put(PROVIDER, failure);
      assertThat(catchThrowableOfType(RpcFailure.class, () -> read(INFERENCE))).as("%s", failure).isNotNull();
    }
  }
}
