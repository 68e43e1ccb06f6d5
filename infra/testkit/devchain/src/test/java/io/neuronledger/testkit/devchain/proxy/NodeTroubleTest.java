package io.neuronledger.testkit.devchain.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NodeTroubleTest {
  private static final JsonNode REQUEST = JsonMapper.shared().readTree("""
      [{"id": 1, "method": "eth_getLogs", "params": [{"blockHash": "0x01"}]},
       {"id": 2, "method": "eth_getBlockByNumber", "params": ["latest", false]},
       {"id": 3, "method": "eth_getBlockByNumber", "params": ["finalized", false]},
       {"id": 4, "method": "eth_getBalance", "params": ["0xa1", "0x7"]}]""");
  private static final String ANSWER = """
      [{"id": 4, "result": "0x10"},
       {"id": 3, "result": {"number": "0x1", "timestamp": "0x10", "logsBloom": "0x01", "transactions": []}},
       {"id": 2, "result": {"number": "0x7", "timestamp": "0x20", "logsBloom": "0x01", "transactions": []}},
       {"id": 1, "result": [{"logIndex": "0x0", "transactionHash": "0xaa", "topics": ["0xab", "0x00cd"]},
                            {"logIndex": "0x1", "transactionHash": "0xbb", "topics": ["0xab"]}]}]""";

  @Test
  void every_kind_of_alteration_occurs() {
    NodeTrouble trouble = new NodeTrouble(1, 99);
    for (int i = 0; i < 3_000; i++) {
      trouble.altered(REQUEST, answer());
    }
    assertThat(trouble.played()).containsOnlyKeys(NodeTrouble.Way.values());
    assertThat(trouble.answers()).isEqualTo(3_000);
    assertThat(NodeTrouble.summary(trouble.answers(), trouble.played()))
        .contains(" of 3,000 answers of the node altered: too many requests ", ", other logs ");
  }

  @Test
  void no_answer_is_altered_at_zero_percent() {
    NodeTrouble trouble = new NodeTrouble(1, 0);
    NodeProxy.Answer answered = trouble.altered(REQUEST, answer());
    assertThat(answered.status()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(answered.body().orElseThrow())).isEqualTo(answer());
    assertThat(trouble.played()).isEmpty();
  }

  @Test
  void an_invalid_part_is_refused() {
    assertThatThrownBy(() -> new NodeTrouble(1, -1)).hasMessageContaining("0 to 100");
    assertThatThrownBy(() -> new NodeTrouble(1, 101)).hasMessageContaining("0 to 100");
    assertThat(new NodeTrouble(1, 100).percent()).isEqualTo(100);
  }

  private static JsonNode answer() {
    return JsonMapper.shared().readTree(ANSWER);
  }
}
