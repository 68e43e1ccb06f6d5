package io.neuronledger.testkit.devchain.proxy;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Simulates a node without some methods. A batch holds one method: it is refused as a whole, by its first call. */
public record Refusing(Set<String> methods) implements NodeProxy.Altering {
  private static final int METHOD_NOT_FOUND = -32601;

  public Refusing {
    methods = Set.copyOf(methods);
  }

  @Override
  public NodeProxy.Answer altered(JsonNode request, JsonNode answer) {
    JsonNode call = request.isArray() ? request.get(0) : request;
    if (!methods.contains(call.path("method").asString())) {
      return NodeProxy.Answer.of(answer);
    }
    ObjectNode refusal = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    refusal.set("id", call.path("id"));
    refusal.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "the method does not exist");
    return NodeProxy.Answer.of(refusal);
  }
}
