package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import io.neuronledger.indexer.fixture.NodeClient;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Two contracts are followed; for blocks with logs of both, the node answers the logs of one. */
class PartialLogsIT {
  private static final WalletAddress ONE = ScriptedScene.CONTRACT;
  private static final WalletAddress OTHER = WalletAddress.parse("0x" + "0e".repeat(20));
  private static final Draft DEPOSIT = ScriptedScene.deposit(1);

  private final ScriptedChain chain = new ScriptedChain(ONE);
  private final FakeNode fake = new FakeNode(chain);
  private final NodeClient client = new NodeClient(fake, new SimpleMeterRegistry());
  private final ChainNode node = client.node;

  @AfterEach
  void close() {
    client.close();
  }

  /** The answer itself does not show it. Few blocks are requested by hash, many by range. */
  @ParameterizedTest
  @ValueSource(ints = {4, 200})
  void a_block_without_the_logs_of_one_contract_is_detected(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mineBoth(DEPOSIT, OTHER, DEPOSIT);
    }
    Set<String> topics = Set.of(DEPOSIT.topics().getFirst());
    LogFilter both = new LogFilter(Set.of(ONE, OTHER), topics);
    List<Header> headers = node.headers(1, blocks, false);
    assertThat(node.blockData(headers, both)).allMatch(block -> block.logs().size() == 2);
    fake.misbehave(call -> {
      if (!call.method().equals("eth_getLogs") || !call.params().get(0).has("address")) {
        return Optional.empty();
      }
      ArrayNode some = JsonNodeFactory.instance.arrayNode();
      fake.truth(call).valueStream().filter(log -> !log.path("address").asString().equals(OTHER.value()))
          .forEach(some::add);
      return Optional.of(new Misbehaviour.Result(some));
    });
    RpcFailure failure = catchThrowableOfType(RpcFailure.class, () -> node.blockData(headers, both));
    assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT);
    assertThat(failure).hasMessageContaining("answered 1 logs for block 1 ").hasMessageContaining("receipts hold 2");
    assertThat(node.blockData(headers, new LogFilter(Set.of(ONE), topics)))
        .as("who does not ask for the other one does not miss it").allMatch(block -> block.logs().size() == 1);
  }
}
