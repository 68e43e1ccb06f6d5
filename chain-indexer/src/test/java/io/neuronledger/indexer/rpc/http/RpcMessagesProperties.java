package io.neuronledger.indexer.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.neuronledger.indexer.fixture.Mutated;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Mutated batches: each call has its answer, or the batch fails. */
class RpcMessagesProperties {
  @Property(tries = 3000)
  void no_answer_disappears(@ForAll long seed) throws IOException {
    ArrayNode honest = JsonNodeFactory.instance.arrayNode();
    for (int id = 0; id < 3; id++) {
      honest.addObject().put("jsonrpc", "2.0").put("id", id).put("result", "r" + id);
    }
    Mutated mutated = Mutated.of(honest, seed);
    try {
      List<String> read = RpcMessagesTest.read(mutated.text(), 3);
      if (mutated.mustFail()) {
        fail("%s goes unnoticed", mutated.change());
      }
      assertThat(read).as(mutated.change()).hasSize(3);
    } catch (IllegalArgumentException | JacksonException | RpcFailure refused) {
      assertThat(refused).as(mutated.change()).isNotNull();
    }
  }
}
