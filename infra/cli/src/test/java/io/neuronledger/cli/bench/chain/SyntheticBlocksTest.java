package io.neuronledger.cli.bench.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The computed chain is one that a follower accepts. */
class SyntheticBlocksTest {
  private static final int EVENTS = 1_050;
  private static final int WALLETS = 20;
  private static final long KEPT = 7;

  private final Script script = new Script.Skewed(EVENTS, WALLETS);
  private final SyntheticBlocks blocks = new SyntheticBlocks(script, 100, KEPT);

  private JsonNode block(long number, long branch) {
    return JsonMapper.shared().readTree(blocks.block(number, branch));
  }

  private JsonNode logs(long number, long branch) {
    StringBuilder json = new StringBuilder("[");
    blocks.logs(number, branch, json);
    return JsonMapper.shared().readTree(json.append(']').toString());
  }

  @Test
  void each_block_names_its_parent_on_both_branches() {
    for (long branch = 0; branch <= 1; branch++) {
      for (long number = 1; number < 20; number++) {
        assertThat(block(number, branch).get("parentHash")).isEqualTo(block(number - 1, branch).get("hash"));
      }
    }
    assertThat(block(KEPT, 1)).isEqualTo(block(KEPT, 0));
    assertThat(block(KEPT + 1, 1).get("hash")).isNotEqualTo(block(KEPT + 1, 0).get("hash"));
  }

  @Test
  void every_event_is_in_one_block_and_one_more_in_each_block_after_them() {
    List<Integer> counts = new ArrayList<>();
    for (long number = SyntheticBlocks.FIRST_WITH_EVENTS; number <= blocks.last() + 2; number++) {
      counts.add(logs(number, 0).size());
    }
    assertThat(counts).containsExactly(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 1, 1);
    assertThat(logs(blocks.last() + SyntheticBlocks.SINGLES, 0)).hasSize(1);
    assertThat(logs(blocks.last() + SyntheticBlocks.SINGLES + 1, 0)).isEmpty();
    assertThat(block(blocks.last() + SyntheticBlocks.SINGLES + 1, 0).get("transactions")).isEmpty();
  }

  @Test
  void receipts_have_the_logs_of_their_transactions_in_order() {
    for (long number : new long[] {1, 2, blocks.last(), blocks.last() + 1}) {
      List<JsonNode> ofReceipts = new ArrayList<>();
      List<JsonNode> hashes = new ArrayList<>();
      for (JsonNode receipt : JsonMapper.shared().readTree(blocks.receipts(number, 1))) {
        hashes.add(receipt.get("transactionHash"));
        assertThat(receipt.get("logs")).allMatch(log ->
            log.get("transactionHash").equals(receipt.get("transactionHash")));
        receipt.get("logs").forEach(ofReceipts::add);
      }
      assertThat(ofReceipts).containsExactlyElementsOf(logs(number, 1));
      assertThat(hashes).containsExactlyElementsOf(block(number, 1).get("transactions"));
      for (int i = 0; i < ofReceipts.size(); i++) {
        assertThat(ofReceipts.get(i).get("logIndex").asString()).isEqualTo("0x" + Integer.toHexString(i));
      }
    }
  }

  @Test
  void the_storage_root_changes_exactly_where_there_are_logs() {
    for (long number = 1; number < blocks.last() + SyntheticBlocks.SINGLES + 5; number++) {
      assertThat(!blocks.root(number).equals(blocks.root(number - 1))).isEqualTo(!logs(number, 0).isEmpty());
    }
  }

  @Test
  void the_first_wallet_has_the_most_settlements() {
    Map<String, Integer> settlements = new HashMap<>();
    Script skewed = new Script.Skewed(20_000, 1_000);
    for (long event = 4_000; event < skewed.events(); event++) {
      settlements.merge(skewed.ownerOf(event).toString(), 1, Integer::sum);
    }
    assertThat(settlements.get(Script.wallet(0).toString())).isGreaterThan(1_000)
        .isEqualTo(settlements.values().stream().max(Integer::compare).orElseThrow());
    assertThat(settlements).hasSizeGreaterThan(800);
  }
}
