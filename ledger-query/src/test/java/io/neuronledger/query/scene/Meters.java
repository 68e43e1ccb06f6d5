package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells reported usage as ledger-command does, with the running totals that it leaves. */
public final class Meters {
  private final Map<SubAccountId, UsageTotal> direct = new HashMap<>();
  private final Map<SubAccountId, UsageTotal> router = new HashMap<>();

  public UsageEvent.UsageRecorded recorded(SubAccountId meter, List<UsageLine> lines) {
    for (UsageLine line : lines) {
      (line.source() == UsageSource.DIRECT ? direct : router).merge(meter, UsageTotal.ZERO.plus(line),
          (before, _) -> before.plus(line));
    }
    return new UsageEvent.UsageRecorded(meter.owner(), meter.provider(), meter.service(), lines,
        direct.getOrDefault(meter, UsageTotal.ZERO), router.getOrDefault(meter, UsageTotal.ZERO));
  }

  /** A request of any kind. */
  public static UsageLine line(String request, Instant when, String model, Units units, UsageSource source,
      Optional<String> apiKey) {
    return new UsageLine(new RequestId(request), new ModelName(model), units, units.fee(), when, source,
        apiKey.map(ApiKeyId::new));
  }

  /** A direct request of one image. */
  public static UsageLine line(String request, Instant when, long fee) {
    Units units = new Units.Images(1, Neuron.parse(String.valueOf(fee)));
    return new UsageLine(new RequestId(request), new ModelName("model-a"), units, units.fee(), when,
        UsageSource.DIRECT, Optional.empty());
  }
}
