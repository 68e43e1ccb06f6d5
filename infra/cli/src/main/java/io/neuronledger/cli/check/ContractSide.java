package io.neuronledger.cli.check;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Reads the contracts at one block of a node, through the same views as the indexer's reconciliation. */
final class ContractSide implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int CALLS_PER_REQUEST_MAX = 200;
  private static final int ANSWER_BYTES_MAX = 64 << 20;
  private static final int BLOCKS_PER_RANGE_MAX = 2_000;

  private final HttpClient http;
  private final ChainNode node;
  private final ContractFamily family;

  private ContractSide(HttpClient http, ChainNode node, ContractFamily family) {
    this.http = http;
    this.node = node;
    this.family = family;
  }

  /**
   * @throws IllegalStateException if the node follows another chain, or the contract family is unknown
   * @throws io.neuronledger.indexer.rpc.call.RpcFailure if the node does not answer
   */
  static ContractSide at(URI url, StatusView.Deployment deployment) {
    HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();
    ChainNode node = ChainNodes.at(List.of(url), http,
        new ChainAccess(new RpcLimits(DEADLINE, CALLS_PER_REQUEST_MAX, ANSWER_BYTES_MAX), BLOCKS_PER_RANGE_MAX, true),
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), new SplittableRandom()), Clock.systemUTC(),
        new SimpleMeterRegistry()).current();
    try {
      long chainId = node.chainId();
      if (chainId != deployment.chainId()) {
        throw new IllegalStateException(node.name() + " follows chain " + chainId + ", the ledger chain "
            + deployment.chainId());
      }
      return new ContractSide(http, node, family(deployment));
    } catch (RuntimeException e) {
      http.shutdownNow();
      throw e;
    }
  }

  private static ContractFamily family(StatusView.Deployment deployment) {
    return switch (deployment.family()) {
      case AccountLedgerFamily.NAME -> new AccountLedgerFamily(deployment.contracts().getFirst());
      case ZeroGFamily.NAME -> new ZeroGFamily(deployment.contracts().getFirst(),
          new Implementations(Set.of(), true), Optional.empty());
      default -> throw new IllegalStateException("unknown contract family of the ledger: "
          + deployment.family());
    };
  }

  /** @throws IllegalStateException if the node has no such block */
  BlockRef block(long number) {
    return node.header(number).map(Header::ref)
        .orElseThrow(() -> new IllegalStateException(node.name() + " has no block " + number));
  }

  Observation at(BlockRef block) {
    return family.observe(block, new DecoderState(Map.of()), node);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
