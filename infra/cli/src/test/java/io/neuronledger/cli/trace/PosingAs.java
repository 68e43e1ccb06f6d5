package io.neuronledger.cli.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recorded trace moved to a network: its chain id, its address of LedgerManager, later blocks.
 *
 * @param manager without 0x
 */
record PosingAs(long chainId, String manager) {
  static final PosingAs MAINNET = new PosingAs(16_661, "2de54c845cd948b72d2e32e39586fe89607074e3");
  static final PosingAs GALILEO = new PosingAs(16_602, "e70830508dac0a97e6c087c75f402f9be669e406");
  private static final int HEX_PREFIX = 2;

  /**
   * @param firstBlock the block of its first transaction
   * @param folder where the file is written
   * @return the file
   */
  Path file(Path golden, long firstBlock, Path folder) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(golden))) {
      String recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String theirs = JsonMapper.shared().readTree(recorded).get("ledgerManager").asString().substring(HEX_PREFIX);
      JsonNode trace = JsonMapper.shared().readTree(
          Pattern.compile(theirs, Pattern.CASE_INSENSITIVE).matcher(recorded).replaceAll(manager));
      ((ObjectNode) trace).put("chainId", chainId);
      long later = firstBlock - trace.at("/txs/0/block").asLong();
      trace.get("txs").forEach(tx -> ((ObjectNode) tx).put("block", tx.get("block").asLong() + later));
      return Files.writeString(folder.resolve("posing-as-" + chainId + ".json"),
          JsonMapper.shared().writeValueAsString(trace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
