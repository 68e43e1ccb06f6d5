package io.neuronledger.testkit.devchain.transaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A contract compiled by {@code infra/testkit/devchain/compile.mjs}.
 *
 * @param bytecode the creation code, which a constructor's arguments follow
 */
public record CompiledContract(String name, ContractAbi abi, String bytecode) {
  public static final CompiledContract ACCOUNT_LEDGER = load("AccountLedger");
  public static final CompiledContract BATCHER = load("Batcher");
  public static final CompiledContract PAYMENT_VAULT = load("PaymentVault");
  public static final CompiledContract ROUTER_POOL = load("RouterPool");

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
