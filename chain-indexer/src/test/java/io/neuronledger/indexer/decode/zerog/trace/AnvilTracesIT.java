package io.neuronledger.indexer.decode.zerog.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.BatcherContract;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real node's traces of a contract wallet that deposits and transfers in one transaction. */
class AnvilTracesIT {
  private static final DevWallet OPERATOR = DevWallet.funded(0);
  private static final WalletAddress PROVIDER = DevWallet.funded(3).address();

  private final HttpClient http = HttpClient.newHttpClient();
  private Anvil anvil;
  private AccountLedgerContract contract;
  private BatcherContract wallet;
  private ChainNode node;

  @BeforeEach
  void deploy() {
    anvil = Anvil.start();
    contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), OPERATOR);
    wallet = BatcherContract.deploy(contract.transactions(), OPERATOR);
    node = ChainNodes.at(List.of(URI.create(anvil.rpcUrl())), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(30), 100, 64 << 20), 2000, true),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new SplittableRandom(1)), Clock.systemUTC(),
        new SimpleMeterRegistry()).current();
  }

  @AfterEach
  void stop() {
    anvil.close();
    http.shutdownNow();
  }

  private List<Call> calls() {
    return List.of(contract.calls().deposit(Neuron.ofZeroG("5")),
        contract.calls().transfer(PROVIDER, AccountLedgerContract.INFERENCE, Neuron.ofZeroG("2")),
        contract.calls().deposit(Neuron.ofZeroG("1")),
        contract.calls().retrieve(AccountLedgerContract.INFERENCE, List.of(PROVIDER)));
  }

  private Header blockOf(Receipt receipt) {
    return node.headers(receipt.block(), receipt.block(), true).getFirst();
  }

  @Test
  void the_call_tracer_has_calls_and_logs_in_order() {
    Receipt receipt = contract.await(wallet.run(Neuron.ofZeroG("6"), calls()));
    Map<Hash, List<TraceStep>> traces = new BlockTraces().of(blockOf(receipt), node).orElseThrow();
    List<TraceStep> steps = Objects.requireNonNull(traces.get(receipt.transaction()));
    assertThat(steps.getFirst()).isInstanceOfSatisfying(TraceStep.Call.class, call -> {
      assertThat(call.inner()).isFalse();
      assertThat(call.from()).isEqualTo(OPERATOR.address());
      assertThat(call.to()).isEqualTo(wallet.address());
    });
    // Each deposit, transfer and request of this contract has a log directly after its call.
    List<TraceStep> inside = steps.subList(1, steps.size());
    assertThat(inside).hasSize(2 * calls().size());
    for (int i = 0; i < calls().size(); i++) {
      assertThat(inside.get(2 * i)).isEqualTo(asSeen(calls().get(i)));
      assertThat(inside.get(2 * i + 1)).isEqualTo(new TraceStep.Log(contract.address(), receipt.logs().get(i).topics(),
          receipt.logs().get(i).data()));
    }
  }

  private TraceStep.Call asSeen(Call call) {
    return new TraceStep.Call(wallet.address(), call.to(), call.value(), call.data(), true);
  }

  @Test
  void the_flat_trace_has_the_calls_in_order() {
    Receipt receipt = contract.await(wallet.run(Neuron.ofZeroG("6"), calls()));
    Header block = blockOf(receipt);
    Map<Hash, List<TraceStep>> traces = ParityTrace.read(node.ask(ParityTrace.call(block.number())), block);
    List<TraceStep> steps = Objects.requireNonNull(traces.get(receipt.transaction()));
    assertThat(steps.subList(1, steps.size())).isEqualTo(calls().stream().map(this::asSeen).toList());
  }

  @Test
  void nothing_is_left_of_a_transaction_that_failed() {
    Hash failing = wallet.run(Neuron.ofZeroG("5"),
        List.of(contract.calls().deposit(Neuron.ofZeroG("5")), contract.calls().deposit(Neuron.ZERO)));
    Receipt receipt = contract.transactions().awaitMined(failing);
    assertThat(receipt.succeeded()).isFalse();
    Header block = blockOf(receipt);
    assertThat(new BlockTraces().of(block, node).orElseThrow()).containsEntry(failing, List.of());
    assertThat(ParityTrace.read(node.ask(ParityTrace.call(block.number())), block)).containsEntry(failing, List.of());
  }
}
