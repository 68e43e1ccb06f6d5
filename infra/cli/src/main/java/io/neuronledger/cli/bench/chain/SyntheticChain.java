package io.neuronledger.cli.bench.chain;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.testkit.trace.node.RpcError;
import io.neuronledger.testkit.trace.node.RpcServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Serves a computed chain over JSON-RPC: as many blocks as the head allows, of the branch that is on. */
public final class SyntheticChain implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long CHAIN_ID = 31_337;
  /** Of the newest blocks none is final, as on the dev chain. */
  private static final long FINALITY_DEPTH = 64;
  private static final String SERVICES = Signature.selector("services()");
  private static final String CODE_HASH = "0x" + "c0".repeat(32);

  /** What a node shows at one moment. */
  private record View(long head, long branch) {}

  private final SyntheticBlocks blocks;
  private final AtomicReference<View> view = new AtomicReference<>(new View(0, 0));
  private final RpcServer server;

  private SyntheticChain(SyntheticBlocks blocks) {
    this.blocks = blocks;
    this.server = RpcServer.start(() -> {
      View shown = view.get();
      return (method, params) -> answer(method, params, shown);
    });
  }

  /** @param kept the last block that a {@link #fork} keeps */
  public static SyntheticChain start(Script script, int eventsPerBlock, long kept) {
    return new SyntheticChain(new SyntheticBlocks(script, eventsPerBlock, kept));
  }

  /** The last block with an event. */
  public long last() {
    return blocks.last();
  }

  /** Shows the first branch up to this block. */
  public void show(long head) {
    view.set(new View(head, 0));
  }

  /** Shows the other branch up to this block. */
  public void fork(long head) {
    view.set(new View(head, 1));
  }

  public ChainSource.Given asSource() {
    return new ChainSource.AccountLedgerOnDevChain(server.url(), Optional.empty(), SyntheticBlocks.CONTRACT, 0);
  }

  private JsonNode answer(String method, JsonNode params, View shown) {
    return switch (method) {
      case "eth_chainId" -> text(Quantity.of(CHAIN_ID));
      case "eth_blockNumber" -> text(Quantity.of(shown.head()));
      case "eth_getBlockByNumber" -> block(number(params.path(0).asString(), shown), shown);
      case "eth_getBlockByHash" -> block(byHash(params.path(0).asString(), shown), shown);
      case "eth_getLogs" -> logs(params.path(0), shown);
      case "eth_getBlockReceipts" -> number(params.path(0).asString(), shown)
          .map(block -> raw(blocks.receipts(block, shown.branch()))).orElse(nothing());
      case "eth_getProof" -> text(params, shown, block -> "{\"storageHash\":\"" + blocks.root(block)
          + "\",\"codeHash\":\"" + CODE_HASH + "\"}");
      case "eth_getCode" -> text(params, shown, _ -> "\"0xfe\"");
      case "eth_getBalance" -> text(params, shown, _ -> "\"0x0\"");
      case "eth_call" -> view(params.path(0));
      default -> throw RpcError.unknownMethod(method);
    };
  }

  private interface OfBlock {
    String json(long block);
  }

  private static JsonNode text(JsonNode params, View shown, OfBlock answer) {
    String asked = params.path(params.size() - 1).asString();
    return number(asked, shown).map(block -> raw(answer.json(block)))
        .orElseThrow(() -> new IllegalArgumentException("no block " + asked));
  }

  /** The only view that is asked without a reconciliation. */
  private static JsonNode view(JsonNode call) {
    if (!call.path("data").asString(call.path("input").asString("")).startsWith(SERVICES)) {
      throw new IllegalArgumentException("this chain answers services() only");
    }
    return text(new AbiWriter().list(List.of(new AbiWriter().string(INFERENCE.value()).uint(86_400))).data());
  }

  private JsonNode block(Optional<Long> number, View shown) {
    return number.map(block -> raw(blocks.block(block, shown.branch()))).orElse(nothing());
  }

  private JsonNode logs(JsonNode filter, View shown) {
    StringBuilder json = new StringBuilder("[");
    if (filter.has("blockHash")) {
      String hash = filter.path("blockHash").asString();
      long block = byHash(hash, shown).orElseThrow(() -> new IllegalArgumentException("no block " + hash));
      blocks.logs(block, shown.branch(), json);
    } else {
      long end = Math.min(shown.head(), Quantity.toLong(filter.path("toBlock").asString()));
      for (long block = Quantity.toLong(filter.path("fromBlock").asString()); block <= end; block++) {
        blocks.logs(block, shown.branch(), json);
      }
    }
    return raw(json.append(']').toString());
  }

  private static Optional<Long> number(String block, View shown) {
    long number = switch (block) {
      case "latest" -> shown.head();
      case "finalized", "safe" -> Math.max(0, shown.head() - FINALITY_DEPTH);
      default -> Quantity.toLong(block);
    };
    return number <= shown.head() ? Optional.of(number) : Optional.empty();
  }

  private Optional<Long> byHash(String hash, View shown) {
    long block = Words.second(hash);
    return block <= shown.head() && blocks.hash(block, shown.branch()).equals(hash) ? Optional.of(block)
        : Optional.empty();
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().stringNode(value);
  }

  private static JsonNode raw(String json) {
    return JSON.getNodeFactory().rawValueNode(new RawValue(json));
  }

  private static JsonNode nothing() {
    return JSON.getNodeFactory().nullNode();
  }

  @Override
  public void close() {
    server.close();
  }
}
