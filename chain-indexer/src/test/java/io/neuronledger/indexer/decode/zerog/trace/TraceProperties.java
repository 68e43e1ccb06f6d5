package io.neuronledger.indexer.decode.zerog.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.fixture.BoundedParser;
import io.neuronledger.indexer.fixture.ChainTraces;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.Mutated;
import io.neuronledger.indexer.fixture.ScriptedChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Mutated traces: no call or log disappears, and no change causes another exception. */
class TraceProperties {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final ScriptedChain.Block BLOCK = block();

  private static ScriptedChain.Block block() {
    LedgerLogs.Draft deposit = LedgerLogs.deposit(OWNER, OWNER, Neuron.ofZeroG("1"));
    return new ScriptedChain(WalletAddress.ZERO).mine(deposit, deposit);
  }

  private static Header header() {
    List<ChainTransaction> transactions = new ArrayList<>();
    BLOCK.logs().forEach(log -> transactions.add(new ChainTransaction(log.transaction(), transactions.size(), OWNER,
        Optional.of(log.emitter()), Neuron.ZERO, "0x")));
    return new Header(BLOCK.number(), BLOCK.hash(), BLOCK.parent(), Instant.ofEpochSecond(BLOCK.time()),
        Bloom.ofKeys(List.of()), transactions.size(), transactions);
  }

  @Property(tries = 3000)
  void call_tracer(@ForAll long seed) {
    JsonNode honest = ChainTraces.callTracer(BLOCK);
    honest.forEach(trace -> {
      ObjectNode frame = (ObjectNode) trace.get("result");
      frame.putArray("calls").add(frame.deepCopy());
    });
    check(honest, seed, CallTracer::read);
  }

  @Property(tries = 3000)
  void parity(@ForAll long seed) {
    check(ChainTraces.parity(BLOCK), seed, ParityTrace::read);
  }

  private static void check(JsonNode honest, long seed,
      BiFunction<JsonNode, Header, Map<Hash, List<TraceStep>>> reader) {
    Mutated mutated = Mutated.of(honest, seed);
    Map<Hash, List<TraceStep>> right = reader.apply(honest, header());
    JsonNode document;
    try {
      document = TraceJson.read(BoundedParser.of(mutated.text()));
    } catch (JacksonException cut) {
      assertThat(mutated.mustFail()).isTrue();
      return;
    }
    try {
      Map<Hash, List<TraceStep>> read = reader.apply(document, header());
      if (mutated.mustFail() && !read.equals(right)) {
        fail("%s goes unnoticed", mutated.change());
      }
      assertThat(read).as(mutated.change()).hasSize(BLOCK.logs().size());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).as(mutated.change()).isNotNull();
    }
  }
}
