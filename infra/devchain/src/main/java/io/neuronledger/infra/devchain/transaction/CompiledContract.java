package io.neuronledger.infra.devchain.transaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the contracts that {@code infra/devchain/compile.mjs} compiled.
 *
 * @param bytecode what creates it, without constructor arguments: ours take none
 */
public record CompiledContract(String name, ContractAbi abi, String bytecode) {
  public static final CompiledContract ACCOUNT_LEDGER = load("AccountLedger");
  public static final CompiledContract BATCHER = load("Batcher");

  /** @throws IllegalStateException when there is no {@code devchain/<name>.json} on the classpath */
  public static CompiledContract load(String name) {
    String resource = "/devchain/" + name + ".json";
    try (InputStream in = CompiledContract.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the classpath: " + resource);
      }
      JsonNode artifact = JsonMapper.shared().readTree(in);
      return new CompiledContract(name, ContractAbi.of(artifact.path("abi")), artifact.path("bytecode").asString());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
