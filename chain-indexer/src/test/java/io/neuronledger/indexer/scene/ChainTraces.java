package io.neuronledger.indexer.scene;

import io.neuronledger.indexer.scene.ScriptedChain.Block;
import io.neuronledger.indexer.scene.ScriptedChain.Log;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an honest node traces of a scripted block: each transaction calls a contract, which emits its log. */
public final class ChainTraces {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChainTraces() {}

  public static JsonNode callTracer(Block block) {
    ArrayNode traces = NODES.arrayNode();
    for (Log log : block.logs()) {
      ObjectNode frame = NODES.objectNode().put("type", "CALL").put("from", ChainAnswers.SENDER)
          .put("to", log.emitter().value()).put("value", "0x0").put("input", "0x");
      ObjectNode said = frame.putArray("logs").addObject().put("address", log.emitter().value())
          .put("data", log.data()).put("position", "0x0");
      ArrayNode topics = said.putArray("topics");
      log.topics().forEach(topics::add);
      traces.addObject().put("txHash", log.transaction().value()).set("result", frame);
    }
    return traces;
  }

  public static JsonNode parity(Block block) {
    ArrayNode traces = NODES.arrayNode();
    for (Log log : block.logs()) {
      ObjectNode entry = traces.addObject().put("type", "call").put("blockHash", block.hash().value())
          .put("transactionHash", log.transaction().value());
      entry.putArray("traceAddress");
      entry.putObject("action").put("callType", "call").put("from", ChainAnswers.SENDER)
          .put("to", log.emitter().value()).put("value", "0x0").put("input", "0x");
    }
    return traces;
  }
}
