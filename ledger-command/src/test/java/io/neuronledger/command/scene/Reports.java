package io.neuronledger.command.scene;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Instant;
import java.util.Optional;

/** Usage reports of {@link Wallets#PROVIDER}, with the fee that their units cost. */
public final class Reports {
  public static final Instant WHEN = Instant.parse("2026-01-01T00:10:00.5Z");

  private Reports() {}

  /** A direct request of Alice's, of so many images at one neuron. */
  public static UsageReport report(String id, long images) {
    return report(id, Wallets.ALICES, images, UsageSource.DIRECT);
  }

  public static UsageReport report(String id, SubAccountId meter, long images, UsageSource source) {
    Units units = new Units.Images(images, Neuron.parse("1"));
    return new UsageReport(new RequestId(id), meter.owner(), meter.provider(), meter.service(), new ModelName("model-a"),
        units, units.fee(), WHEN, source, Optional.empty());
  }

  /** A request of tokens, with every field that a report can have. */
  public static UsageReport full(String id) {
    Units units = new Units.Tokens(1_200, 200, 300, Neuron.parse("70"), Neuron.parse("7"), Neuron.parse("210"));
    return new UsageReport(new RequestId(id), Wallets.ALICE, Wallets.PROVIDER, Wallets.INFERENCE,
        new ModelName("deepseek-ai/DeepSeek-V3"), units, units.fee(), WHEN, UsageSource.ROUTER,
        Optional.of(new ApiKeyId("key-7")));
  }

  /** The same with another fee. */
  public static UsageReport withFee(UsageReport report, String fee) {
    return new UsageReport(report.requestId(), report.owner(), report.provider(), report.service(), report.model(),
        report.units(), Neuron.parse(fee), report.when(), report.source(), report.apiKeyId());
  }

  public static String json(UsageReport report) {
    return ChainEventProducer.JSON.writeValueAsString(report);
  }
}
