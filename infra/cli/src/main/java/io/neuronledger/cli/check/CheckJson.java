package io.neuronledger.cli.check;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.StatusView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The result as JSON. Amounts are strings, in neuron. */
final class CheckJson {
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT).build();

  private CheckJson() {}

  private record Conservation(String held, String owed, boolean conserved) {}

  private record Result(String outcome, @Nullable String why, long chainId, String family,
      List<WalletAddress> contracts, long block, String blockHash, Instant blockTime, int ledgers, int subAccounts,
      int refunds, int entries, Conservation conservation, List<CheckResult.Difference> differences,
      List<IntegrityView> integrity) {}

  private record Unknown(String outcome, String why) {}

  /** The result where no comparison was possible. */
  static String unknown(String why) {
    return JSON.writeValueAsString(new Unknown(CheckResult.Outcome.UNKNOWN.toString(), why));
  }

  static String of(CheckResult result) {
    StatusView.Deployment deployment = result.deployment();
    return JSON.writeValueAsString(new Result(result.outcome().toString(), result.behind().orElse(null),
        deployment.chainId(), deployment.family(), deployment.contracts(), result.block().number(),
        result.block().hash().toString(), result.block().time(), result.ledgers(), result.subAccounts(),
        result.refunds(), result.entries(),
        new Conservation(result.held().toString(), result.owed().toString(), result.conserved()), result.differences(),
        result.integrity()));
  }
}
