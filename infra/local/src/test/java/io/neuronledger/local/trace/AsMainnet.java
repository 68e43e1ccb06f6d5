package io.neuronledger.local.trace;

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
 * A recorded trace as if it had happened on the 0G mainnet: its chain id, LedgerManager's address there, later blocks.
 */
final class AsMainnet {
  static final long CHAIN_ID = 16_661;
  static final String MANAGER = "2de54c845cd948b72d2e32e39586fe89607074e3";
  private static final int HEX_PREFIX = 2;

  private AsMainnet() {}

  /**
   * @param firstBlock where its first transaction then stands
   * @param folder where the file is written
   * @return the file
   */
  static Path of(Path golden, long firstBlock, Path folder) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(golden))) {
      String recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String manager = JsonMapper.shared().readTree(recorded).get("ledgerManager").asString().substring(HEX_PREFIX);
      JsonNode trace = JsonMapper.shared().readTree(
          Pattern.compile(manager, Pattern.CASE_INSENSITIVE).matcher(recorded).replaceAll(MANAGER));
      ((ObjectNode) trace).put("chainId", CHAIN_ID);
      long later = firstBlock - trace.at("/txs/0/block").asLong();
      trace.get("txs").forEach(tx -> ((ObjectNode) tx).put("block", tx.get("block").asLong() + later));
      return Files.writeString(folder.resolve("as-mainnet.json"), JsonMapper.shared().writeValueAsString(trace));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
