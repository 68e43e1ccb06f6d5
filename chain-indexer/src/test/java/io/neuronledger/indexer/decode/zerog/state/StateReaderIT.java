package io.neuronledger.indexer.decode.zerog.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerView;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** The state that can change without a log, as a node answers it: the lists of two contracts, in words of 32 bytes. */
class StateReaderIT {
  private static final WalletAddress MANAGER = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress SERVICE = WalletAddress.parse("0x" + "a2".repeat(20));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "51".repeat(20));
  private static final int PAGE = 50;

  private final ScriptedChain chain = new ScriptedChain(MANAGER);
  private final FakeNode fake = new FakeNode(chain);
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry());
  private final Map<WalletAddress, Integer> entries = new HashMap<>();
  private final Map<WalletAddress, Integer> claimed = new HashMap<>();
  private String code = "0x60";

  StateReaderIT() {
    chain.mine();
    fake.misbehave(call -> switch (call.method()) {
      case "eth_call" -> answer(page(WalletAddress.parse(call.params().path(0).path("to").asString()),
          call.params().path(0).path("data").asString()));
      case "eth_getCode" -> answer(code);
      default -> Optional.empty();
    });
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void nothing_is_there_before_the_contract_is() {
    code = "0x";
    StateReader.Silent silent = silent();
    assertThat(silent.ledgers()).isEmpty();
    assertThat(silent.acknowledgements()).isEmpty();
  }

  @Test
  void a_contract_that_lists_nothing_at_all_is_another_one() {
    assertThatThrownBy(this::silent).isInstanceOf(RpcFailure.class).hasMessageContaining("does not match the ABI");
  }

  @Test
  void the_first_pages_take_one_request_and_all_others_another() {
    entries.put(MANAGER, 3 * PAGE);
    entries.put(SERVICE, PAGE + 1);
    int before = fake.requests();
    StateReader.Silent silent = silent();
    assertThat(fake.requests() - before).as("the block's header, and two").isEqualTo(3);
    assertThat(silent.ledgers()).hasSize(3 * PAGE)
        .containsEntry(owner(149), new LedgerView(Neuron.parse("149"), Neuron.parse("298")));
    assertThat(silent.acknowledgements()).hasSize(PAGE + 1)
        .containsEntry(new AccountKey(SERVICE, owner(50), PROVIDER), true)
        .containsEntry(new AccountKey(SERVICE, owner(49), PROVIDER), false);
  }

  @Test
  void a_list_shorter_than_its_total_is_refused() {
    entries.put(MANAGER, PAGE + 1);
    entries.put(SERVICE, 0);
    claimed.put(MANAGER, PAGE + 2);
    assertThatThrownBy(this::silent).isInstanceOf(RpcFailure.class).hasMessageContaining("lists 51 entries of 52");
    entries.put(MANAGER, PAGE - 1);
    claimed.put(MANAGER, PAGE);
    assertThatThrownBy(this::silent).isInstanceOf(RpcFailure.class)
        .hasMessageContaining("lists 49 entries on the first page of 50");
  }

  private StateReader.Silent silent() {
    Header head = client.node.headers(chain.head().number(), chain.head().number(), false).getFirst();
    return new StateReader(MANAGER, client.node, new BlockRef(head.number(), head.hash(), head.time())).silent(
        Map.of(SERVICE, new ServiceInfo(ServiceName.of("inference-v1.0"), Duration.ofDays(1), Optional.empty())));
  }

  private static WalletAddress owner(int nth) {
    return WalletAddress.parse("0x%040x".formatted(nth + 1));
  }

  private static Optional<Misbehaviour> answer(String text) {
    return Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.stringNode(text)));
  }

  /** Empty where no number of entries is set. */
  private String page(WalletAddress contract, String input) {
    if (!entries.containsKey(contract)) {
      return "0x";
    }
    int offset = Integer.parseInt(input.substring(10, 74), 16);
    int count = Math.max(0, Math.min(PAGE, entries.get(contract) - offset));
    StringBuilder page = new StringBuilder("0x").append(word(64))
        .append(word(claimed.getOrDefault(contract, entries.get(contract)))).append(word(count));
    int words = contract.equals(MANAGER) ? 4 : 9;
    // Each entry has a list or a text in it, so the list begins with where each of them is.
    IntStream.range(0, count).forEach(i -> page.append(word(32 * count + 32 * words * i)));
    IntStream.range(offset, offset + count).forEach(i ->
        page.append(contract.equals(MANAGER) ? ledger(i) : account(i)));
    return page.toString();
  }

  private static String ledger(int nth) {
    return address(owner(nth)) + word(nth) + word(2 * nth) + word(0);
  }

  /** The sub-accounts from the 51st on are acknowledged. */
  private static String account(int nth) {
    return address(owner(nth)) + address(PROVIDER) + word(0).repeat(5) + word(nth >= PAGE ? 1 : 0) + word(0);
  }

  private static String address(WalletAddress address) {
    return "0".repeat(24) + address.value().substring(2);
  }

  private static String word(int value) {
    return "%064x".formatted(value);
  }
}
